import { compositeOf, type CanonicalType } from "@rehearse/dataset";

/** The type of Postgres that holds every value of a canonical type; null where there is none. */
export function homeType(type: CanonicalType): string | null {
  const composite = compositeOf(type);
  if (composite?.kind === "list") {
    const element = compositeOf(composite.element) === null ? homeType(composite.element) : null;
    return element === null ? null : `${element}[]`;
  }
  const decimal = /^decimal\((\d+),(\d+)\)$/.exec(type);
  if (decimal !== null) return `numeric(${decimal[1]},${decimal[2]})`;
  return homes[type] ?? null;
}

const homes: Readonly<Record<string, string>> = {
  boolean: "boolean",
  int8: "smallint",
  int16: "smallint",
  int32: "integer",
  int64: "bigint",
  int128: "numeric",
  int256: "numeric",
  uint8: "smallint",
  uint16: "integer",
  uint32: "bigint",
  uint64: "numeric",
  uint128: "numeric",
  uint256: "numeric",
  number: "numeric",
  float32: "real",
  float64: "double precision",
  text: "text",
  enum: "text",
  bytes: "bytea",
  date: "date",
  time: "time",
  timestamp: "timestamp",
  timestamptz: "timestamptz",
  interval: "interval",
  uuid: "uuid",
  json: "json",
};
