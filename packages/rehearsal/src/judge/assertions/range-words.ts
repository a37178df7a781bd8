import type { Range } from "@rehearse/config";

/** Whether a number is in a range. */
export function inRange(number: number, { min, max }: Range): boolean {
  return number >= min && number <= (max ?? Infinity);
}

/** A range in words: `1 row`, `at least 2 rows`, `1 to 5 rows`, `no row`. */
export function rangeWords({ min, max }: Range, noun: string): string {
  if (max === undefined) return `at least ${counted(min, noun)}`;
  if (min === max) return counted(min, noun);
  return min === 0 ? `at most ${counted(max, noun)}` : `${min} to ${counted(max, noun)}`;
}

/** `no row`, `1 row`, `3 rows`. */
export function counted(number: number, noun: string): string {
  return number === 0 ? `no ${noun}` : `${number} ${noun}${number === 1 ? "" : "s"}`;
}
