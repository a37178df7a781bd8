import type { ExpectedCell } from "@rehearse/config";
import type { Cell } from "@rehearse/dataset";

const numeric = /^(u?int\d|decimal|number|float)/;

/**
 * Whether a cell is what the file expects. Numbers are equal by value, exactly (25 = 25.00), and only to numbers: the text `25` is not the number 25.
 * @param type the cell's canonical type
 */
export function cellEquals(expected: ExpectedCell, cell: Cell, type: string): boolean {
  if (expected === null || cell === null) return expected === cell;
  if (typeof expected === "boolean") return type === "boolean" && cell === String(expected);
  if (typeof expected === "string") return !numeric.test(type) && type !== "boolean" && cell === expected;
  return numeric.test(type) && sameNumber(String(expected), cell);
}

/** Whether two decimal texts are the same number. */
export function sameNumber(a: string, b: string): boolean {
  return a === b || (normal(a) ?? a) === (normal(b) ?? b);
}

/** One text for each decimal value, however it was written; undefined for NaN and the infinities. */
function normal(text: string): string | undefined {
  const match = /^(?:\+|(-))?(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text);
  if (match === null) return undefined;
  const [, minus = "", whole = "", fraction = "", exponent = "0"] = match;
  const digits = (whole + fraction).replace(/^0+/, "");
  const significant = digits.replace(/0+$/, "");
  const point = Number(exponent) - fraction.length + digits.length;
  return significant === "" ? "0" : `${minus}0.${significant}e${point}`;
}
