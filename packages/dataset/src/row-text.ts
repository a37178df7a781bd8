import { toText } from "./canonical-text.ts";
import type { CanonicalType } from "./canonical-type.ts";

/** SQL for one text of a whole row. No two different rows give the same: a cell says its length in bytes first, NULL has a mark of its own. */
export function rowText(cells: readonly { readonly type: CanonicalType; readonly value: string }[]): string {
  const marked = cells.map(({ type, value }) => {
    const text = toText(type, value);
    return `coalesce(strlen(${text}) || ':' || ${text}, '-')`;
  });
  return marked.length === 0 ? "''" : `concat(${marked.join(", ")})`;
}
