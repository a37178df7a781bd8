import type { AttributeValue } from "@aws-sdk/client-dynamodb";

export type Item = Record<string, AttributeValue>;

/** The canonical text of a value in DynamoDB's own JSON: names and sets are sorted, so that equal values have equal texts. */
export function attributeText(value: AttributeValue): string {
  if (value.M !== undefined) return `{"M":${itemText(value.M)}}`;
  if (value.L !== undefined) return `{"L":[${value.L.map(attributeText).join(",")}]}`;
  if (value.B !== undefined) return JSON.stringify({ B: base64(value.B) });
  if (value.BS !== undefined) return JSON.stringify({ BS: value.BS.map(base64).toSorted() });
  if (value.SS !== undefined) return JSON.stringify({ SS: value.SS.toSorted() });
  if (value.NS !== undefined) return JSON.stringify({ NS: value.NS.toSorted() });
  return JSON.stringify(value);
}

/** The same for a whole item, or the inside of a map. */
export function itemText(item: Item): string {
  const names = Object.keys(item).toSorted();
  return `{${names.map((name) => `${JSON.stringify(name)}:${optionalText(item[name])}`).join(",")}}`;
}

function optionalText(value: AttributeValue | undefined): string {
  return value === undefined ? "null" : attributeText(value);
}

/** A client gives bytes, the store has their text already. */
function base64(bytes: Uint8Array | string): string {
  return typeof bytes === "string" ? bytes : Buffer.from(bytes).toString("base64");
}
