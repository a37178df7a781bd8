import type { AssertionConfig } from "@rehearse/config";
import type { AssertionFact } from "../model/run.ts";
import type { Check } from "../model/report.ts";
import { cellEquals } from "./cell-equals.ts";

/** How many rows of an unexpected answer are kept as evidence. */
export const answerRows = 20;

/** Whether the answer is the expected one: the same rows in the same order. */
export function holds(assertion: AssertionConfig, answer: Pick<AssertionFact, "rows" | "types" | "more" | "error">): boolean {
  return (
    answer.error === null &&
    answer.more === 0 &&
    answer.rows.length === assertion.equals.length &&
    answer.rows.every((row, r) => {
      const expected = assertion.equals[r] ?? [];
      return row.length === expected.length && row.every((cell, c) => cellEquals(expected[c] ?? null, cell, answer.types[c] ?? ""));
    })
  );
}

/** The check of one assertion, from what the engine answered. */
export function judgeAssertion(assertion: AssertionConfig, fact: AssertionFact | undefined, notAsked: string): Check {
  const base = { name: assertion.name, kind: "assert", stage: assertion.after, counts: null, line: assertion.position.line } as const;
  if (fact === undefined) return { ...base, verdict: "not compared", reason: notAsked, hint: "", detail: null };
  const ok = holds(assertion, fact);
  return {
    ...base,
    verdict: ok ? "same" : "failed",
    reason: ok ? "" : (fact.error ?? ""),
    hint: "",
    detail: {
      kind: "assert",
      service: assertion.service,
      sql: assertion.sql,
      expected: assertion.equals.map((row) => row.map((cell) => (cell === null ? null : String(cell)))),
      got: fact.rows,
      more: fact.more,
      attempts: fact.attempts,
    },
  };
}
