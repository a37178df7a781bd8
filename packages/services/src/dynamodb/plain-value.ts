/** A number of up to 36 digits as it is written when nothing is left out and nothing added. */
const plainNumber = /^(?:0|-?[1-9]\d{0,17}|-?(?:0|[1-9]\d{0,17})\.\d{0,17}[1-9])$/;

/**
 * Whether an attribute value is made of nothing but texts, flags, plain numbers, lists and maps, each of one type: such a value is valid, and the
 * server's own validation, which takes a seventh of a write's time, would leave it as it is.
 */
export function isPlainValue(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  let types = 0;
  for (const type in value) {
    types += 1;
    if (!isPlainOf(type, Reflect.get(value, type))) return false;
  }
  return types === 1;
}

function isPlainOf(type: string, held: unknown): boolean {
  switch (type) {
    case "S":
      return typeof held === "string";
    case "BOOL":
      return typeof held === "boolean";
    case "NULL":
      return held === true;
    case "N":
      return typeof held === "string" && plainNumber.test(held);
    case "L":
      return Array.isArray(held) && held.every(isPlainValue);
    case "M":
      return typeof held === "object" && held !== null && !Array.isArray(held) && Object.values(held).every(isPlainValue);
    default:
      return false;
  }
}
