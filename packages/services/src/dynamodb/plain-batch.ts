/**
 * Whether a BatchWriteItem request is made of nothing but puts of well-formed attribute values without bytes, as every SDK sends it: then checking its
 * types, which takes a third of a write's time, would give it back as it is.
 */
export function isPlainBatch(request: unknown): boolean {
  if (!isMap(request)) return false;
  const { RequestItems: tables, ...others } = request;
  return isEmpty(others) && isMap(tables) && Object.values(tables).every((writes) => Array.isArray(writes) && writes.every(isPlainPut));
}

function isPlainPut(write: unknown): boolean {
  if (!isMap(write)) return false;
  const { PutRequest: put, ...others } = write;
  if (!isEmpty(others) || !isMap(put)) return false;
  const { Item: item, ...more } = put;
  return isEmpty(more) && isItem(item);
}

const isText = (value: unknown): boolean => typeof value === "string";
const isFlag = (value: unknown): boolean => typeof value === "boolean";
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const isItem = (value: unknown): boolean => isMap(value) && Object.values(value).every(isAttribute);

const checks: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ["S", isText],
  ["N", isText],
  ["BOOL", isFlag],
  ["NULL", isFlag],
  ["SS", isTexts],
  ["NS", isTexts],
  ["L", (value) => Array.isArray(value) && value.every(isAttribute)],
  ["M", isItem],
]);

function isAttribute(value: unknown): boolean {
  if (!isMap(value)) return false;
  for (const type in value) if (checks.get(type)?.(value[type]) !== true) return false;
  return true;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isEmpty(value: object): boolean {
  for (const _ in value) return false;
  return true;
}
