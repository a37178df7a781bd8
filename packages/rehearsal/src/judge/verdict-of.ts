import type { Check } from "../model/report.ts";
import type { Verdict } from "../model/verdict.ts";

/** The first of these that any check says is what the rehearsal says; a failed stage comes before all, a failed assertion after a difference. */
const precedence: readonly Verdict[] = ["different", "failed", "not compared", "inconclusive", "expected", "same"];

/** The verdict of a whole rehearsal. One without any check has compared nothing, and says so. */
export function verdictOf(checks: readonly Pick<Check, "kind" | "verdict">[]): Verdict {
  if (checks.some((check) => check.kind === "stage" && check.verdict === "failed")) return "failed";
  return precedence.find((verdict) => checks.some((check) => check.verdict === verdict)) ?? "not compared";
}

/** 0 when every check is the same or differs as expected, else 1. */
export function exitCodeOf(verdict: Verdict): 0 | 1 {
  return verdict === "same" || verdict === "expected" ? 0 : 1;
}
