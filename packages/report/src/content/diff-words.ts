import type { Check } from "@rehearse/rehearsal";
import { count, plural, signed } from "./amounts.ts";
import { causePhrases } from "./cause-words.ts";
import { say, sayList, type Phrase } from "./phrase.ts";
import { visibleLine } from "./visible-text.ts";

type Diff = Extract<NonNullable<Check["detail"]>, { kind: "diff" }>;

/** What a comparison found beyond the rows that are shown: of what part it is, what the rows have in common, how the cells of each column differ. */
export function diffFindings(check: Check): Phrase[] {
  const { detail, counts } = check;
  if (detail?.kind !== "diff") return [];
  const all = (counts?.changed ?? 0) <= detail.examples.changed.length;
  return [
    ...samplePhrase(detail, counts?.current ?? 0),
    ...causePhrases(detail, counts?.changed ?? 0),
    ...detail.columns.flatMap((column) => columnPhrase(column, { all })),
  ];
}

function samplePhrase({ sampled }: Diff, rows: number): Phrase[] {
  if (sampled === null) return [];
  return [[`of a sample: ${String(sampled.percent)} percent of the rows, ${count(sampled.rows)} of ${count(rows)}, were compared`]];
}

/** What the number of changed cells leaves out. Where all changed rows are shown, their differences are shown with them. */
function columnPhrase(
  { name, toTolerance, nullToValue, valueToNull, deltas }: Diff["columns"][number],
  { all }: { all: boolean },
): Phrase[] {
  const facts = [
    ...(deltas === null || all ? [] : [deltaText(deltas)]),
    ...(nullToValue === 0 ? [] : [`${count(nullToValue)} NULL → value`]),
    ...(valueToNull === 0 ? [] : [`${count(valueToNull)} value → NULL`]),
    ...(toTolerance === 0 ? [] : [`${plural(toTolerance, "cell")} equal only by tolerance`]),
  ];
  return facts.length === 0 ? [] : [say`${name}: ${[facts.join(" · ")]}`];
}

function deltaText({ min, median, max }: { min: string; median: string; max: string }): string {
  const [least, middle, most] = [min, median, max].map((delta) => visibleLine(signed(delta)));
  return min === max ? `Δ ${least} in each` : `Δ ${least} to ${most}, median ${middle}`;
}

/** The rules of the file for single columns; empty where there are none. */
export function columnRules(check: Check, limit: number): Phrase {
  const rules = check.detail?.kind === "diff" ? check.detail.rules : [];
  const said = rules
    .slice(0, limit)
    .flatMap(({ column, rule }, index): Phrase => [...(index === 0 ? [] : [" · "]), ...say`${column} ${[visibleLine(rule)]}`]);
  return rules.length > limit ? [...said, ` and ${plural(rules.length - limit, "more rule")}`] : said;
}

/** The columns that the file leaves out, and its rules for single ones; empty where there are none. */
export function diffFoot(check: Check, limit: number): Phrase[] {
  const ignored = check.detail?.kind === "diff" ? check.detail.ignored : [];
  const rules = columnRules(check, limit);
  return [
    ...(ignored.length === 0 ? [] : [say`Ignored: ${sayList(ignored, limit)}`]),
    ...(rules.length === 0 ? [] : [say`Rules: ${rules}`]),
  ];
}

/** Which way of comparing answered, and why; null where nothing was compared. */
export function rungPhrase(check: Check): Phrase | null {
  if (check.detail?.kind !== "diff") return null;
  const { name, why } = check.detail.rung;
  return [`${visibleLine(name)}: ${visibleLine(why)}`];
}
