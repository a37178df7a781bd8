import { fromText, toText, unreadableValue } from "../types/canonical-text.ts";
import type { CanonicalType } from "../types/canonical-type.ts";
import { compositeOf, type Composite } from "../types/composite-type.ts";
import { identifier, literal } from "../tables/sql-text.ts";

/** A value as DuckDB reads it from a file of somebody else's. */
interface Native {
  readonly type: CanonicalType;
  /** SQL for it; it may stand more than once. */
  readonly value: string;
  readonly column: string;
}

/** SQL for the value as its canonical type is stored. NULL for NULL. JSON that is none, or a time that no day has, stops the query with a message that names the column. */
export function storedValue(native: Native): string {
  const composite = compositeOf(native.type);
  if (composite !== null) return partsText(composite, native, 0);
  if (native.type === "json") return fromText({ ...native, text: `${native.value}::VARCHAR` });
  if (native.type === "time") return ofTheDay(native, { count: `epoch_us(${native.value})`, unit: "microseconds", day: "86400000000" });
  return native.type === "interval" ? intervalText(native.value) : native.value;
}

/** A time, refused where it is before 0:00 or after 24:00: Parquet holds such, and DuckDB writes letters of other values for them, or crashes. */
export function ofTheDay(
  { value, column }: Pick<Native, "value" | "column">,
  { count, unit, day }: { readonly count: string; readonly unit: string; readonly day: string },
): string {
  const refusal = `error(${literal(`${unreadableValue}column ${JSON.stringify(column)} is a time, and `)} || ${count} || ' ${unit} after midnight are none of a day')`;
  return `CASE WHEN ${value} IS NULL OR ${count} BETWEEN 0 AND ${day} THEN ${value} ELSE ${refusal} END`;
}

/** The three parts of an interval, of which DuckDB's own text mixes months and years, hours and microseconds. */
function intervalText(value: string): string {
  const months = `extract(year FROM ${value}) * 12 + extract(month FROM ${value})`;
  const microseconds = `(extract(hour FROM ${value})::HUGEINT * 3600 + extract(minute FROM ${value}) * 60) * 1000000 + extract(microsecond FROM ${value})`;
  return `(${months}) || ' mon ' || extract(day FROM ${value}) || ' day ' || (${microseconds}) || ' us'`;
}

/** The canonical text of a list, map or struct; NULL for NULL. `depth` tells the parameters of nested lambdas apart. */
function partsText(composite: Composite, { value, column }: Native, depth: number): string {
  const item = `item${depth}`;
  const part = (type: CanonicalType, inner: string): string => partText({ type, value: inner, column }, depth + 1);
  const joined = (texts: string): string => `'[' || array_to_string(${texts}, ',') || ']'`;
  switch (composite.kind) {
    case "list":
      return joined(`list_transform(${value}, lambda ${item}: ${part(composite.element, item)})`);
    case "map": {
      const entry = `{'k': ${part(composite.key, `${item}.key`)}, 'v': ${part(composite.value, `${item}.value`)}}`;
      const sorted = `list_sort(list_transform(map_entries(${value}), lambda ${item}: ${entry}))`;
      return joined(`list_transform(${sorted}, lambda ${item}: '[' || ${item}.k || ',' || ${item}.v || ']')`);
    }
    case "struct": {
      const members = composite.fields.map(
        ({ name, type }) => `${literal(`${JSON.stringify(name)}:`)} || ${part(type, `${value}.${identifier(name)}`)}`,
      );
      return `CASE WHEN ${value} IS NOT NULL THEN '{' || ${members.join(" || ',' || ")} || '}' END`;
    }
  }
}

/** The JSON text of a part, `null` for NULL. */
function partText(native: Native, depth: number): string {
  const composite = compositeOf(native.type);
  if (composite !== null) return `coalesce(${partsText(composite, native, depth)}, 'null')`;
  return `coalesce(to_json(${toText(native.type, `(${storedValue(native)})`)})::VARCHAR, 'null')`;
}
