import type { Check } from "@rehearse/rehearsal";
import { count, plural } from "./amounts.ts";
import { showPair } from "./cell-text.ts";
import { endOf } from "./headline.ts";
import { say, sayList, type Phrase } from "./phrase.ts";
import { visibleLine } from "./visible-text.ts";

type Diff = Extract<NonNullable<Check["detail"]>, { kind: "diff" }>;

/** What a check found, in a few words. */
export function gist(check: Check): Phrase {
  const { detail } = check;
  if (check.verdict === "not compared" || check.verdict === "inconclusive") return [visibleLine(check.reason)];
  if (detail?.kind === "stage" && check.verdict === "failed") return endOf(check);
  if (detail?.kind === "assert" && check.verdict !== "same")
    return check.reason === "" ? expectedGot(detail) : say`no answer: ${[visibleLine(check.reason)]}`;
  if (detail?.kind === "writes" && check.verdict !== "same") {
    const { before, after } = detail.rows;
    const moved =
      before === after ? `${plural(after, "row")} before and after, other contents` : `${count(before)} → ${plural(after, "row")}`;
    return [`not declared: ${moved}`];
  }
  if (detail?.kind === "diff" && check.verdict === "different") return differing(detail);
  return [visibleLine(check.reason)];
}

function expectedGot(detail: Extract<NonNullable<Check["detail"]>, { kind: "assert" }>): Phrase {
  const [expected, got] = [onlyCell(detail.expected), detail.more === 0 ? onlyCell(detail.got) : undefined];
  if (expected === undefined || got === undefined) {
    return [`expected ${plural(detail.expected.length, "row")}, got ${count(detail.got.length + detail.more)}`];
  }
  const pair = showPair({ reference: expected, current: got }, { numeric: false, limit: 60 });
  const words: Phrase = ["expected ", { name: pair.reference }, ", got ", { name: pair.current }];
  return pair.note === "" ? words : [...words, ` (${pair.note})`];
}

/** The cell of a result that has only one, undefined where it has another shape. */
function onlyCell(rows: readonly (readonly (string | null)[])[]): string | null | undefined {
  const [row, ...rest] = rows;
  return row?.length === 1 && rest.length === 0 ? row[0] : undefined;
}

/** Whether `gist` says all there is of a failed assertion. */
export function gistSaysAll(check: Check): boolean {
  const { detail } = check;
  return detail?.kind === "assert" && detail.more === 0 && onlyCell(detail.expected) !== undefined && onlyCell(detail.got) !== undefined;
}

function differing(detail: Diff): Phrase {
  const shown = detail.columns.slice(0, 4).flatMap(({ name, changed }, index): Phrase => {
    return index === 0 ? say`${name}${[` ${count(changed)}`]}` : say`, ${name}${[` ${count(changed)}`]}`;
  });
  const rest = detail.columns.length > 4 ? [`, ${plural(detail.columns.length - 4, "more column")}`] : [];
  const schema =
    detail.schema.length > 0 ? [`${detail.columns.length > 0 ? "; " : ""}${plural(detail.schema.length, "schema change")}`] : [];
  return [...shown, ...rest, ...schema];
}

/** Every finding of a check that no table shows: schema, keys, how rows were matched. Never empty words. */
export function findings(check: Check): Phrase[] {
  const { detail } = check;
  if (detail?.kind !== "diff") return [];
  return [...detail.schema.map(schemaPhrase), ...detail.keyProblems.map(keyPhrase), ...matchingPhrase(detail)];
}

function schemaPhrase(change: Diff["schema"][number]): Phrase {
  if (change.change === "type") return say`column ${change.column} was ${change.reference}, is ${change.current}`;
  if (change.change === "key") return say`the key was ${keyOf(change.reference)}, is ${keyOf(change.current)}`;
  return change.change === "added"
    ? say`column ${change.column} is new: ${change.type}`
    : say`column ${change.column} is gone: it was ${change.type}`;
}

function keyOf(columns: readonly string[]): Phrase {
  return columns.length === 0 ? ["none"] : say`(${sayList(columns, 20)})`;
}

function keyPhrase(problem: Diff["keyProblems"][number]): Phrase {
  const what = problem.problem === "duplicate" ? "with a key that another row has too" : "with NULL in the key";
  return [`${plural(problem.rows, "row")} ${what}, in the ${problem.side === "current" ? "current data" : "reference"}`];
}

function matchingPhrase(detail: Diff): Phrase[] {
  if (detail.matching.by === "key") return [];
  return [[`rows are compared as a multiset${detail.matching.reason === null ? "" : `: ${visibleLine(detail.matching.reason)}`}`]];
}

/** Columns that were not compared, with the reason of each. As loud as a difference, whatever the verdict of the check. */
export function notCompared(check: Check): { name: string; reason: string }[] {
  if (check.detail?.kind !== "diff") return [];
  return check.detail.notCompared.map(({ column, reason }) => ({ name: `${check.name}.${column}`, reason: visibleLine(reason) }));
}

/** The columns that the file leaves out of the comparison. */
export function ignoredColumns(check: Check): readonly string[] {
  return check.detail?.kind === "diff" ? check.detail.ignored : [];
}

/** Rows before and after as text, `41 → 41`; empty where rows were not compared. */
export function rowsText(check: Check): string {
  return check.counts === null ? "" : `${count(check.counts.reference)} → ${count(check.counts.current)}`;
}

/** What a check of each kind is called. */
export function kindWord(check: Check): string {
  return { diff: "dataset", assert: "assertion", writes: "undeclared write", stage: "stage" }[check.kind];
}
