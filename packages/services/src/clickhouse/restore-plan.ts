import type { CanonicalType, StoredColumn } from "@rehearse/dataset";
import { goesInto } from "../goes-into.ts";
import { unrestorable } from "../unrestorable.ts";
import { readingOf, type Comparable } from "./canonical.ts";
import { identifier } from "./identifier.ts";
import type { TargetColumn } from "./target-table.ts";

/** A column of an INSERT that reads the canonical texts `c0`, `c1`, … */
export interface PlannedColumn {
  readonly name: string;
  /** SQL for its value. */
  readonly value: string;
  /** SQL for a text of what it is given, and of what it then holds: the same where nothing is lost. */
  readonly given: string;
  readonly kept: string;
}

/** Pure: which value goes into which column. REFERENCE_INVALID where a column of the reference has no place in the table. */
export function planRestore(request: {
  readonly table: string;
  readonly target: readonly TargetColumn[];
  readonly restored: readonly StoredColumn[];
}): PlannedColumn[] {
  const { table, target, restored } = request;
  return restored.flatMap(({ name, type }, index) => {
    const column = target.find((one) => one.name === name);
    if (column === undefined) throw unrestorable({ table, reason: `the table has no column ${name}` });
    if (column.computed) return [];
    const reading = taking(column, type);
    if (reading === null)
      throw unrestorable({ table, reason: `column ${name} is ${type} in the reference and ${column.type} in the table` });
    const value = `CAST(${reading.value(`c${index}`)} AS ${column.type})`;
    // Floats, documents and the JSON around parts may be written in many ways: their texts are compared as this server writes them.
    const loose = reading.composite === true || /^float|json/.test(reading.type);
    return [{ name, value, given: loose ? reading.text(value) : `c${index}`, kept: reading.text(`kept.${identifier(name)}`) }];
  });
}

/** How the column takes values of that type, or null where it does not. */
function taking({ type }: TargetColumn, from: CanonicalType): Comparable | null {
  for (const binary of [false, true]) {
    const reading = readingOf(type, { binary, depth: 0 });
    if ("type" in reading && goesInto(from, reading.type)) return reading;
  }
  return null;
}

/** SQL for a digest of the texts of rows that does not depend on the rows' order; NULL and the empty text are told apart. */
export function digestOf(texts: readonly string[]): string {
  return `toString(sum(cityHash64(${texts.map((text) => `ifNull(concat('.', ${text}), '')`).join(", ")})))`;
}
