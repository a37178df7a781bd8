import { setTimeout as pause } from "node:timers/promises";
import type { AssertionConfig } from "@rehearse/config";
import { askedOf, decide } from "../judge/assertions/decide.ts";
import type { AssertionFact } from "../model/assertion-fact.ts";
import { askFiles } from "./assertions/ask-files.ts";
import { askHttp } from "./assertions/ask-http.ts";
import { askOrphans } from "./assertions/ask-orphans.ts";
import { askQuery, type QueryAnswer } from "./assertions/ask-query.ts";
import type { StepContext } from "./step-context.ts";

const pauseMs = 100;

export interface Asking {
  readonly context: StepContext;
  /** What an invariant's query answered before the stage. */
  readonly before: QueryAnswer | undefined;
}

/** Asks an assertion's question, again and again within its time until it holds; what the last attempt found is the fact. */
export async function askAssertion(assertion: AssertionConfig, asking: Asking): Promise<AssertionFact> {
  const deadline = performance.now() + assertion.withinMs;
  for (let attempts = 1; ; attempts += 1) {
    const fact = await attempt(assertion, attempts, asking);
    if (decide(assertion, fact).outcome === "holds" || performance.now() + pauseMs > deadline) return fact;
    await pause(pauseMs, undefined, { signal: asking.context.signal });
  }
}

async function attempt(assertion: AssertionConfig, attempts: number, { context, before }: Asking): Promise<AssertionFact> {
  const base = { name: assertion.name, after: assertion.after, asked: askedOf(assertion), attempts };
  switch (assertion.kind) {
    case "query": {
      const { answer, error } = await askQuery(assertion, context);
      const early = before?.error ?? null;
      return {
        kind: "query",
        ...base,
        answer,
        before: before?.answer ?? null,
        error: early === null ? error : `before the stage: ${early}`,
      };
    }
    case "orphans":
      return { kind: "orphans", ...base, ...(await askOrphans(assertion, context)) };
    case "files":
      return { kind: "files", ...base, ...(await askFiles(assertion, context)) };
    case "http":
      return { kind: "http", ...base, ...(await askHttp(assertion, context)) };
  }
}
