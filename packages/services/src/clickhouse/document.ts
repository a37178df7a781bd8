import { sourceAlias } from "./identifier.ts";
import { ask, type Server } from "./server.ts";

/**
 * The text of a column of ClickHouse's type JSON (or Nullable of it), as SQL. `type` is the JSON type with its parameters.
 *
 * The document's own text shows a Date like the String of the same letters, and 1.0 like 1. So the text is read again, with `plainReading`:
 * where that gives the same document, the text says all. Otherwise the types follow that it does not show, and for lists of mixed values or
 * objects, whose elements' types the engine does not list, a digest of the document.
 */
export function documentText(column: string, type: string): string {
  const text = `toJSONString(${column})`;
  const again = `accurateCastOrNull(${text}, '${type.replace(/[\\']/g, "\\$&")}')`;
  const unseen = `mapSort(mapFilter((path, type) -> type != JSONAllPathsWithTypes(${again})[path], JSONAllPathsWithTypes(${column})))`;
  // How many paths an object in a list keeps apart is no part of its value.
  const types = `mapApply((path, type) -> (path, replaceRegexpAll(type, 'JSON\\\\([^)]*\\\\)', 'JSON')), ${unseen})`;
  const lists = `arrayExists(type -> match(type, 'Dynamic|JSON'), mapValues(JSONAllPathsWithTypes(${column})))`;
  const digest = `if(empty(${unseen}) OR ${lists}, concat(' digest ', lower(hex(${hash(column)}))), '')`;
  return `concat(${text}, if(${hash(column)} = ${hash(again)}, '', concat(' types ', toJSONString(${types}), ${digest})))`;
}

/** A tuple's hash sees NULL. */
function hash(value: string): string {
  return `cityHash64(tuple(${value}))`;
}

/** The settings with which the text of a document is read as what JSON shows: dates and times stay text. */
export const plainReading = { input_format_try_infer_dates: 0, input_format_try_infer_datetimes: 0 } as const;

/** What stands after FROM for a view or query whose documents are read: within it the settings are what they are without `plainReading`. */
export async function guarded(server: Server, from: string): Promise<string> {
  const names = Object.keys(plainReading);
  const asked = names.map((name) => `toString(getSetting('${name}')) AS ${name}`).join(", ");
  const [values = {}] = await ask<Record<string, string>>(server.reader, `SELECT ${asked}`);
  const settings = names.map((name) => `${name} = ${values[name] ?? "1"}`).join(", ");
  return `(SELECT * FROM ${from} AS ${sourceAlias} SETTINGS ${settings})`;
}
