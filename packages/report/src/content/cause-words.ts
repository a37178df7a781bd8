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
    return arithmeticPhrase(cause, detail.columns.find(({ name }) => name === cause.column)?.changed ?? changed);
  });
}

function valuePhrase({ column, value, rows, of }: Extract<Cause, { kind: "value" }>, changed: number): Phrase {
  const shown: Phrase = value === null ? ["NULL"] : [{ name: showCell(value, { numeric: false, limit: 60 }) }];
  const where = rows === changed ? `in all ${count(changed)} changed rows ` : `in ${count(rows)} of ${count(changed)} changed rows `;
  return say`${[where]}${column} is ${shown}, ${[of === rows ? "and in no other row" : `and in ${plural(of - rows, "other row")}`]}`;
}

function arithmeticPhrase({ column, operation, operand, rows }: Extract<Cause, { kind: "arithmetic" }>, changed: number): Phrase {
  const where = rows === changed ? `in all ${plural(changed, "row")}` : `in ${count(rows)} of ${count(changed)} rows`;
  return say`${column} is ${[calculated(operation, visibleLine(operand))]} ${[where]} where it changed`;
}

/** In words: signs of arithmetic mean something to Markdown. */
function calculated(operation: "times" | "plus", operand: string): string {
  if (operation === "times") return `${operand.replace("-", "−")} times the reference`;
  return operand.startsWith("-") ? `the reference minus ${operand.slice(1)}` : `the reference plus ${operand}`;
}
