import type { Check, Divergence, Report, Verdict } from "@rehearse/rehearsal";
import { sampleWord } from "./sample-word.ts";

const order: readonly Verdict[] = ["failed", "different", "inconclusive", "not compared", "expected", "same"];

/** Whether a check has something a reader must look at. */
export function needsLook(check: Check): boolean {
  return check.verdict !== "same" && check.verdict !== "expected";
}

/** Whether a check is shown with what it found: also what differs as expected, for only a reader can say whether it is what was meant. */
export function isTold(check: Check): boolean {
  return needsLook(check) || check.verdict === "expected";
}

/**
 * Whether accepting is possible and would change anything: every stage ended well and left all that it declares, and some dataset differs from its reference
 * or has none.
 */
export function acceptable(report: Report): boolean {
  return (
    report.next.accept !== "" &&
    report.checks.every((check) => check.kind !== "stage" && !isUnread(check)) &&
    report.checks.some(({ kind, verdict }) => kind === "diff" && (verdict === "different" || verdict === "not compared"))
  );
}

/** Whether a dataset was not there, or could not be read. */
function isUnread({ kind, verdict, detail }: Check): boolean {
  return kind === "diff" && (verdict === "failed" || (verdict === "different" && detail === null));
}

/** Whether a check differs because what its stage read did, which is told before it. */
export function isDownstream(check: Check, { divergences, firstDivergence }: Report): boolean {
  const own = ({ stage, dataset, assertion }: Divergence): boolean => stage === check.stage && (dataset ?? assertion) === check.name;
  return firstDivergence !== null && divergences.some((one) => own(one) && one.origin === "downstream" && one.via.length > 0);
}

/** The checks with the first divergence first, then failed and different ones, then what was not compared; equals keep the order of the report. */
export function orderedChecks(report: Report): Check[] {
  const rank = (check: Check): number => {
    const loud = check.verdict === "failed" || check.verdict === "different";
    if (!loud) return order.indexOf(check.verdict) + 2;
    return isFirstDivergence(check, report) ? 0 : report.firstDivergence?.stage === check.stage ? 1 : 2;
  };
  return report.checks.toSorted((left, right) => rank(left) - rank(right));
}

/** How many checks came to each verdict, loudest first: `3 different · 9 same`. */
export function tally(checks: readonly Check[]): string {
  const said = verdictCounts(checks).map(({ word, number }) => `${String(number)} ${word}`);
  return said.length === 0 ? "no checks" : said.join(" · ");
}

/** How many checks came to each verdict that any came to, loudest first; what is the same in a sample only is counted apart. */
export function verdictCounts(checks: readonly Check[]): { verdict: Verdict; word: string; number: number }[] {
  const words = order.flatMap((verdict) => [verdict, `${verdict} (sampled)`].map((word) => ({ verdict, word })));
  return words
    .map(({ verdict, word }) => ({ verdict, word, number: checks.filter((check) => verdictWord(check) === word).length }))
    .filter(({ number }) => number > 0);
}

/** The verdict of a check; where only a sample of equal rows was compared, it says so. */
export function verdictWord(check: Check): string {
  return check.verdict === "same" && sampleWord(check) !== "" ? "same (sampled)" : check.verdict;
}

function isFirstDivergence(check: Check, report: Report): boolean {
  const first = report.firstDivergence;
  return first !== null && first.stage === check.stage && (check.name === (first.dataset ?? first.assertion) || check.kind === "stage");
}
