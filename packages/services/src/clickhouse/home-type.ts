import { compositeOf, type CanonicalType } from "@rehearse/dataset";
import { identifier } from "./identifier.ts";

/** The type of ClickHouse that holds every value of a canonical type, and NULL where it can; null where there is none. */
export function homeType(type: CanonicalType): string | null {
  const composite = compositeOf(type);
  switch (composite?.kind) {
    case "list":
      return within("Array", [homeType(composite.element)]);
    case "map":
      return within("Map", [homes[composite.key] ?? null, homeType(composite.value)]);
    case "struct":
      return within(
        "Tuple",
        composite.fields.map((field) => {
          const home = homeType(field.type);
          return home === null ? null : `${identifier(field.name)} ${home}`;
        }),
      );
    case undefined: {
      const home = homes[type] ?? decimal(type);
      return home === null ? null : `Nullable(${home})`;
    }
  }
}

function within(name: string, parts: readonly (string | null)[]): string | null {
  return parts.includes(null) ? null : `${name}(${parts.join(", ")})`;
}

function decimal(type: string): string | null {
  const [, precision, scale] = /^decimal\((\d+),(\d+)\)$/.exec(type) ?? [];
  return precision !== undefined && Number(precision) <= 76 && Number(scale) <= Number(precision)
    ? `Decimal(${precision}, ${scale})`
    : null;
}

/** Numbers of any length, times of day, moments without a zone, intervals and bytes that may be text have no home; JSON drops what is null. */
const homes: Readonly<Record<string, string>> = {
  boolean: "Bool",
  int8: "Int8",
  int16: "Int16",
  int32: "Int32",
  int64: "Int64",
  int128: "Int128",
  int256: "Int256",
  uint8: "UInt8",
  uint16: "UInt16",
  uint32: "UInt32",
  uint64: "UInt64",
  uint128: "UInt128",
  uint256: "UInt256",
  float32: "Float32",
  float64: "Float64",
  text: "String",
  enum: "String",
  date: "Date32",
  timestamptz: "DateTime64(6, 'UTC')",
  timestamptz_ns: "DateTime64(9, 'UTC')",
  uuid: "UUID",
};
