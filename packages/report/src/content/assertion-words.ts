import type { Check } from "@rehearse/rehearsal";
import { count, plural } from "./amounts.ts";
import { showPair } from "./cell-text.ts";
import { say, type Phrase } from "./phrase.ts";

/** What was expected and got, where that is one cell; else how many rows. */
export function expectedGot(detail: Extract<NonNullable<Check["detail"]>, { kind: "assert" }>): Phrase {
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
  return (
    detail?.kind === "assert" &&
    detail.claim === "equals" &&
    detail.more === 0 &&
    onlyCell(detail.expected) !== undefined &&
    onlyCell(detail.got) !== undefined
  );
}

/** What an assertion asked or was answered, as text below a label. */
export interface Asked {
  readonly label: Phrase;
  readonly text: string;
  readonly language: "sql" | "text";
}

/** The query of an assertion, or the body that a server answered; null where there is no such text. */
export function askedText({ detail }: Check): Asked | null {
  if (detail?.kind !== "assert" && detail?.kind !== "http") return null;
  const often = detail.attempts > 1 ? [`, asked ${count(detail.attempts)} times`] : [];
  if (detail.kind === "assert") return { label: say`Query in ${detail.service}${often}`, text: detail.sql, language: "sql" };
  const status = detail.status === null ? [] : [`, status ${String(detail.status)}`];
  return { label: say`GET ${detail.url}${often}${status}`, text: detail.body, language: "text" };
}
