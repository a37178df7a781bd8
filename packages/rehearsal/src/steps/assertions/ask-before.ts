import type { AssertionConfig, QueryAssertion } from "@rehearse/config";
import type { StepContext } from "../step-context.ts";
import { askQuery, type QueryAnswer } from "./ask-query.ts";

/** What the queries of invariants answer before their stage, by the assertions' names. */
export type AnswersBefore = ReadonlyMap<string, QueryAnswer>;

/** Asks the queries whose answers a stage must not change. */
export async function askBefore(assertions: readonly AssertionConfig[], context: StepContext): Promise<AnswersBefore> {
  const invariants = assertions.filter((it): it is QueryAssertion => it.kind === "query" && it.claim.kind === "invariant");
  const answers = invariants.map(async (assertion) => [assertion.name, await askQuery(assertion, context)] as const);
  return new Map(await Promise.all(answers));
}
