/** Splits `service.table` at the first dot, for the table may have a schema; a bare service has no table. */
export function splitTable(text: string): { readonly service: string; readonly table: string | undefined } {
  const dot = text.indexOf(".");
  return dot === -1 ? { service: text, table: undefined } : { service: text.slice(0, dot), table: text.slice(dot + 1) };
}
