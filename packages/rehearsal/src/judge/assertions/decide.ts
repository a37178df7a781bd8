import type { AssertionConfig } from "@rehearse/config";
import type { AssertionFact } from "../../model/assertion-fact.ts";
import { decideFiles } from "./decide-files.ts";
import { decideHttp } from "./decide-http.ts";
import { decideQuery } from "./decide-query.ts";
import { fails, holds, type Decision } from "./decision.ts";
import { counted } from "./range-words.ts";

/** What an assertion asks, as one text: the fact of a run answers an assertion of today's file only where both are the same. */
export function askedOf(assertion: AssertionConfig): string {
  switch (assertion.kind) {
    case "query":
      return JSON.stringify([assertion.service, assertion.sql]);
    case "orphans":
      return JSON.stringify([nameOf(assertion.child), nameOf(assertion.parent)]);
    case "files":
      return JSON.stringify([assertion.glob, assertion.contains ?? null]);
    case "http":
      return JSON.stringify([assertion.shownUrl]);
  }
}

/** `service.table.column` */
export function nameOf({ dataset, column }: { readonly dataset: string; readonly column: string }): string {
  return `${dataset}.${column}`;
}

/** Whether what was found is what the assertion claims. */
export function decide(assertion: AssertionConfig, fact: AssertionFact): Decision {
  if (fact.error !== null) return fails(`no answer: ${fact.error}`);
  if (fact.kind === "query" && assertion.kind === "query" && fact.answer !== null)
    return decideQuery(assertion.claim, { answer: fact.answer, before: fact.before });
  if (fact.kind === "files" && assertion.kind === "files") return decideFiles(assertion, fact);
  if (fact.kind === "http" && assertion.kind === "http") return decideHttp(assertion, fact);
  if (fact.kind === "orphans" && assertion.kind === "orphans") {
    const { orphans, values } = fact;
    const which = `of ${counted(values, "value")} of ${nameOf(assertion.child)}`;
    return orphans === 0 ? holds : fails(`${orphans} ${which} ${orphans === 1 ? "is" : "are"} not in ${nameOf(assertion.parent)}`);
  }
  throw new Error(`the fact of ${assertion.name} is that of another kind of assertion`);
}
