import { literal } from "../tables/sql-text.ts";
import { longestExponent } from "./decimal-text.ts";

const finite = String.raw`-?\d+(\.\d+)?([eE][-+]?\d{1,9})?`;

/** SQL: whether a text is a finite decimal whose exponent is at most 1000. */
export function isDecimal(text: string): string {
  return `(regexp_full_match(${text}, ${literal(finite)}) AND abs(${exponentOf(text)}) <= ${longestExponent})`;
}

/** SQL: how many digits a decimal text has after its point, as an integer; negative for `1e2`. */
export function scaleOf(text: string): string {
  return `(strlen(regexp_extract(${text}, '\\.(\\d+)', 1)) - ${exponentOf(text)})`;
}

/** SQL: a decimal text as a whole number of units of 10^-scale; `scale` is SQL for an integer that is nowhere smaller than the text's own. */
export function unitsAt(text: string, scale: string): string {
  const digits = `replace(regexp_replace(${text}, '[eE].*$', ''), '.', '')`;
  return `(${digits} || repeat('0', ${scale} - ${scaleOf(text)}))::BIGNUM`;
}

/** SQL: how far two numbers of the type BIGNUM lie apart. */
export function apart([a, b]: readonly [string, string]): string {
  return `(greatest(${a}, ${b}) - least(${a}, ${b}))`;
}

function exponentOf(text: string): string {
  return `coalesce(try_cast(replace(nullif(regexp_extract(${text}, '[eE](.*)$', 1), ''), '+', '') AS BIGINT), 0)`;
}
