/** Splits `service.table` at the first dot, for the table may have a schema; a bare service has no table. */
export function splitTable(text: string): { readonly service: string; readonly table: string | undefined } {
  const dot = text.indexOf(".");
  return dot === -1 ? { service: text, table: undefined } : { service: text.slice(0, dot), table: text.slice(dot + 1) };
}

/** Splits `service.table.column` at the first and the last dot. */
export function splitColumn(text: string): { readonly service: string; readonly table: string; readonly column: string } {
  const [first, last] = [text.indexOf("."), text.lastIndexOf(".")];
  return { service: text.slice(0, first), table: text.slice(first + 1, last), column: text.slice(last + 1) };
}
