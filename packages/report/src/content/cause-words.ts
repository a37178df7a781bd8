import type { Check } from "@rehearse/rehearsal";
import { count, plural } from "./amounts.ts";
import { showCell } from "./cell-text.ts";
import { say, type Phrase } from "./phrase.ts";
import { visibleLine } from "./visible-text.ts";

type Diff = Extract<NonNullable<Check["detail"]>, { kind: "diff" }>;
type Cause = Diff["causes"][number];

/** What nearly all changed rows have in common, a sentence each. What holds for all of them says so, everything else says for how many. */
export function causePhrases(detail: Diff, changed: number): Phrase[] {
  return detail.causes.map((cause) => {
    if (cause.kind === "value") return valuePhrase(cause, changed);
    const inColumn = detail.columns.find(({ name }) => name === cause.column)?.changed ?? changed;
    return arithmeticPhrase(cause, { changed: inColumn, rows: inColumn === changed ? "changed rows" : "rows where it changed" });
  });
}

function valuePhrase({ column, value, rows, of }: Extract<Cause, { kind: "value" }>, changed: number): Phrase {
  const shown: Phrase = value === null ? ["NULL"] : [{ name: showCell(value, { numeric: false, limit: 60 }) }];
  const where = rows === changed ? `in all ${count(changed)} changed rows ` : `in ${count(rows)} of ${count(changed)} changed rows `;
  return say`${[where]}${column} is ${shown}, ${[of === rows ? "and in no other row" : `and in ${plural(of - rows, "other row")}`]}`;
}

function arithmeticPhrase(
  { column, operation, operand, rows }: Extract<Cause, { kind: "arithmetic" }>,
  all: { readonly changed: number; readonly rows: string },
): Phrase {
  const where = rows === all.changed ? `in all ${count(rows)} ${all.rows}` : `in ${count(rows)} of ${count(all.changed)} ${all.rows}`;
  return say`${column} is ${[calculated(operation, visibleLine(operand))]} ${[where]}`;
}

/** Amounts of another number of digits differ by nothing. */
const zero = /^-?0(?:\.0+)?$/;

/** But for the cross, signs of arithmetic mean something to Markdown: they are words. */
function calculated(operation: "times" | "plus", operand: string): string {
  if (operation === "plus" && zero.test(operand)) return "the same amount with other digits after the point";
  if (operation === "times") return `${operand.replace("-", "−")} × the reference`;
  return operand.startsWith("-") ? `the reference minus ${operand.slice(1)}` : `the reference plus ${operand}`;
}
