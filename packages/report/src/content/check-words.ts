import type { Check } from "@rehearse/rehearsal";
import { count, plural } from "./amounts.ts";
import { expectedGot } from "./assertion-words.ts";
import { diffFindings } from "./diff-words.ts";
import { endOf } from "./headline.ts";
import { plain, say, sayList, type Phrase } from "./phrase.ts";
import { sampleWord } from "./sample-word.ts";
import { visibleLine } from "./visible-text.ts";

type Diff = Extract<NonNullable<Check["detail"]>, { kind: "diff" }>;

/** What a check found, in a few words; first that only a sample was compared. */
export function gist(check: Check): Phrase {
  const [sampled, said] = [sampleWord(check), foundBy(check)];
  if (sampled === "") return said;
  return plain(said) === "" ? [sampled] : [`${sampled}; `, ...said];
}

function foundBy(check: Check): Phrase {
  const { detail } = check;
  if (check.verdict === "not compared" || check.verdict === "inconclusive") return [visibleLine(check.reason)];
  if (detail?.kind === "stage" && check.verdict === "failed") return endOf(check);
  if (detail?.kind === "assert" && check.verdict !== "same" && check.reason === "") return expectedGot(detail);
  if (detail?.kind === "writes" && check.verdict !== "same") {
    const { before, after } = detail.rows;
    const moved =
      before === after
        ? `${plural(after, "row")} before and after, other contents or columns`
        : `${count(before)} → ${plural(after, "row")}`;
    return [`not declared: ${moved}`];
  }
  const found = detail?.kind !== "diff" ? [] : check.verdict === "different" ? differing(detail) : expectedList(detail);
  return found.length > 0 ? found : [visibleLine(check.reason)];
}

function expectedList({ expected }: Diff): Phrase {
  return sayList(
    expected.filter(({ matched }) => matched > 0).map(({ reason }) => reason),
    3,
  );
}

function differing(detail: Diff): Phrase {
  const changed = detail.columns.filter((column) => column.changed > 0);
  const shown = changed.slice(0, 4).flatMap((column, index): Phrase => {
    return say`${[index === 0 ? "" : ", "]}${column.name}${[` ${count(column.changed)}`]}`;
  });
  const rest = changed.length > 4 ? [`, ${plural(changed.length - 4, "more column")}`] : [];
  const schema = detail.schema.length > 0 ? [`${changed.length > 0 ? "; " : ""}${plural(detail.schema.length, "schema change")}`] : [];
  return [...shown, ...rest, ...schema];
}

/** Every finding of a check that no table shows: causes, columns, schema, keys, how rows were matched. Never empty words. */
export function findings(check: Check): Phrase[] {
  const { detail } = check;
  if (detail?.kind !== "diff") return [];
  return [
    ...diffFindings(check),
    ...detail.schema.map(schemaPhrase),
    ...detail.keyProblems.map(keyPhrase),
    ...matchingPhrase(detail),
    ...unexpectedPhrase(detail),
  ];
}

/** How many rows no rule of expected differences covers. */
function unexpectedPhrase({ expected, unexpected }: Diff): Phrase[] {
  if (expected.length === 0 || unexpected === 0) return [];
  return [[`${plural(unexpected, "row")} ${unexpected === 1 ? "is" : "are"} not expected`]];
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

/** Rows before and after as text, `41 → 41`; empty where rows were not compared. */
export function rowsText(check: Check): string {
  return check.counts === null ? "" : `${count(check.counts.reference)} → ${count(check.counts.current)}`;
}

/** What a check of each kind is called. */
export function kindWord(check: Check): string {
  return {
    diff: "dataset",
    expect: "expected difference",
    rule: "rule of a dataset",
    assert: "assertion",
    writes: "undeclared write",
    stage: "stage",
  }[check.kind];
}
