import type { CanonicalType, StoredColumn } from "@rehearse/dataset";
import { escapeIdentifier, escapeLiteral } from "pg";
import { goesInto } from "../goes-into.ts";
import { neutralText } from "../neutral-text.ts";
import { unrestorable } from "../unrestorable.ts";
import { mappingOf, ownText, type Mapping } from "./canonical.ts";
import type { TargetColumn } from "./target-table.ts";

/** A column of an INSERT that reads the canonical texts `c0`, `c1`, … */
export interface PlannedColumn {
  readonly name: string;
  /** SQL for its value. */
  readonly value: string;
  /** SQL for a text of what it is given, and of what it then holds: the same where nothing is lost. `given` is null where any value would do. */
  readonly given: string | null;
  readonly kept: string;
}

/** Pure: which value goes into which column. REFERENCE_INVALID where a column of the reference has no place in the table. */
export function planRestore(request: {
  readonly table: string;
  readonly target: readonly TargetColumn[];
  readonly restored: readonly StoredColumn[];
}): PlannedColumn[] {
  const { table, target, restored } = request;
  const lost = restored.find(({ name }) => !target.some((column) => column.name === name));
  if (lost !== undefined) throw unrestorable({ table, reason: `the table has no column ${lost.name}` });
  return target.flatMap((column) => {
    const index = restored.findIndex(({ name }) => name === column.name);
    if (column.generated || (index < 0 && !column.required)) return [];
    return [index < 0 ? neutral(table, column) : planned({ table, column, type: restored[index]?.type ?? "text", given: `c${index}` })];
  });
}

function neutral(table: string, { name, source, type }: TargetColumn): PlannedColumn {
  const mapping = mappingOf(type, 0);
  if (!("type" in mapping))
    throw unrestorable({ table, reason: `column ${name} (${source}) must have a value, and the reference has none` });
  const text = type.kind === "enum" ? (type.labels[0] ?? "") : neutralText(mapping.type);
  return { name, value: mapping.value(`${escapeLiteral(text)}::pg_catalog.text`), given: null, kept: "" };
}

function planned({
  table,
  column,
  type,
  given,
}: {
  table: string;
  column: TargetColumn;
  type: CanonicalType;
  given: string;
}): PlannedColumn {
  const { name, source } = column;
  const mapping = taking(column, type);
  if (mapping === null) throw unrestorable({ table, reason: `column ${name} is ${type} in the reference and ${source} in the table` });
  const held = mapping.text(`kept.${escapeIdentifier(name)}`);
  const value = mapping.value(given);
  // Documents and floats may be written in many ways; the parts of lists, maps and structs have one text, but the JSON around them has not.
  if (/json|float/.test(mapping.type)) return { name, value, given: mapping.text(value), kept: held };
  if (mapping.composite === true)
    return { name, value, given: `(${given}::pg_catalog.jsonb)::pg_catalog.text`, kept: `(${held})::pg_catalog.jsonb::pg_catalog.text` };
  return { name, value, given, kept: held };
}

/** How the column takes values of that type, or null where it does not. An array that was read as Postgres' own text goes back as that. */
function taking({ type }: TargetColumn, from: CanonicalType): Mapping | null {
  const mapping = mappingOf(type, 0);
  if (!("type" in mapping)) return null;
  if (mapping.composite === true && from === "text") return ownText(type);
  return goesInto(from, mapping.type) ? mapping : null;
}

/** SQL for a digest of a column's texts that does not depend on their order; NULL and the empty text are told apart. */
export function digestOf(text: string): string {
  return `pg_catalog.sum(pg_catalog.hashtextextended(coalesce('.' || (${text}), '') COLLATE "C", 0))::pg_catalog.text`;
}
