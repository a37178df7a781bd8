/** One or many of the file as a list. */
export function asList<Item extends string>(value: Item | readonly Item[] | undefined): readonly Item[] {
  if (value === undefined) return [];
  return typeof value === "string" ? [value] : value;
}
