/**
 * The text of a column of ClickHouse's type JSON (or Nullable of it), as SQL. `type` is the JSON type with its parameters.
 *
 * The document's own text shows a Date like the String of the same letters, and 1.0 like 1. So the text is read again, with `plainReading`:
 * where that gives the same document, the text says all. Otherwise it is the first element of a list, which no document of ClickHouse's is: the types
 * follow that it does not show, and for lists of mixed values or objects, whose elements' types the engine does not list, a digest of the document.
 */
export function documentText(column: string, type: string): string {
  const text = `toJSONString(${column})`;
  const again = `accurateCastOrNull(${text}, '${type.replace(/[\\']/g, "\\$&")}')`;
  const unseen = `mapSort(mapFilter((path, type) -> type != JSONAllPathsWithTypes(${again})[path], JSONAllPathsWithTypes(${column})))`;
  // How many paths an object in a list keeps apart is no part of its value.
  const types = `mapApply((path, type) -> (path, replaceRegexpAll(type, 'JSON\\\\([^)]*\\\\)', 'JSON')), ${unseen})`;
  const lists = `arrayExists(type -> match(type, 'Dynamic|JSON'), mapValues(JSONAllPathsWithTypes(${column})))`;
  const digest = `if(empty(${unseen}) OR ${lists}, concat(',"', lower(hex(${hash(column)})), '"'), '')`;
  return `if(${hash(column)} = ${hash(again)}, ${text}, concat('[', ${text}, ',', toJSONString(${types}), ${digest}, ']'))`;
}

/** A tuple's hash sees NULL. */
function hash(value: string): string {
  return `cityHash64(tuple(${value}))`;
}
