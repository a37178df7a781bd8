import type { DatasetConfig, ExpectedConfig } from "@rehearse/config";
import type { Comparison, ExpectedDifference, RuleProblem } from "@rehearse/dataset";
import type { Check } from "../model/report.ts";

type ExpectedDetail = Extract<NonNullable<Check["detail"]>, { kind: "diff" }>["expected"];

/** The rules of a dataset for a comparison on this day, `2027-01-31`. One that cannot be followed keeps its place, and covers nothing. */
export function expectedRules(
  { expected }: Pick<DatasetConfig, "expected">,
  { faults, today }: { readonly faults: readonly RuleProblem[]; readonly today: string },
): ExpectedDifference[] {
  return expected.map(({ columns, where, kinds, limit, expires }, index) => {
    const lasting = { limit, expired: expires < today };
    if (faultAt(index, faults) !== undefined) return { ...lasting, columns: undefined, where: undefined, kinds: [] };
    return { ...lasting, columns, where: where?.sql, kinds };
  });
}

/** Why the rule at this place cannot be followed: for its own sake, or because the rows are not compared as it was meant for. */
function faultAt(index: number, faults: readonly RuleProblem[]): string | undefined {
  const own = faults.find(({ path: [root, at] }) => root === "expected" && at === `${index}`);
  if (own !== undefined) return own.message;
  const missing = faults.find(({ path: [root], lacks }) => root === "key" || (root === "columns" && lacks !== "column"));
  return missing === undefined ? undefined : `the rows could not be compared with ${missing.path.join(".")}`;
}

/** What became of each rule. */
export function expectedDetail(found: {
  readonly config: DatasetConfig;
  readonly comparison: Comparison;
  readonly faults: readonly RuleProblem[];
  readonly today: string;
}): ExpectedDetail {
  const { config, comparison, faults, today } = found;
  return config.expected.map((rule, index) => {
    const { reason, owner, expires, columns, where, kinds, limit, position } = rule;
    const matched = comparison.expected.matched[index] ?? 0;
    // What no row of a sample is, others may be.
    const idle = matched === 0 && comparison.sampled !== null ? "" : faultOf(rule, matched, today);
    const fault = faultAt(index, faults) ?? idle;
    const covers = { columns: columns === undefined ? null : [...columns], where: where?.sql ?? null, kinds: [...kinds] };
    return { reason, owner, expires, ...covers, limit, matched, fault, line: position.line };
  });
}

function faultOf({ expires, limit }: ExpectedConfig, matched: number, today: string): string {
  if (expires < today) return `it expired on ${expires}, and matches ${rows(matched)}`;
  if (matched === 0) return "it matches no row";
  return matched > limit ? `it matches ${rows(matched)}, and its limit is ${limit}` : "";
}

function hintFor({ owner, matched, followed }: { readonly owner: string; readonly matched: number; readonly followed: boolean }): string {
  if (!followed) return "mend it, or take it out of checks.expect";
  return matched === 0 ? "take it out of checks.expect" : `ask ${owner}, or accept what differs`;
}

function rows(count: number): string {
  return `${count} ${count === 1 ? "row" : "rows"}`;
}

/** A check for each rule that was at fault when its dataset was compared, at its line of the file. */
export function expectationChecks({ stage, name: dataset, detail: compared }: Check, faults: readonly RuleProblem[]): Check[] {
  const expected = compared?.kind === "diff" ? compared.expected : [];
  return expected
    .map((rule, index) => ({ ...rule, followed: faultAt(index, faults) === undefined }))
    .filter(({ fault }) => fault !== "")
    .map(({ reason, owner, matched, limit, expires, fault, line, followed }) => ({
      name: reason,
      kind: "expect",
      stage,
      verdict: "different",
      counts: null,
      reason: fault,
      hint: hintFor({ owner, matched, followed }),
      line,
      detail: { kind: "expect", dataset, owner, matched, limit, expires },
    }));
}
