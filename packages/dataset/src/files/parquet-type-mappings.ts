import { exactType } from "./exact-leaf.ts";
import { isRounded, parquetType, type ParquetNode } from "./parquet-types.ts";

const plain: ParquetNode = { physical: "", logical: "", precision: 0, scale: 0 };

/** What people call the types of Parquet, and what DuckDB makes of them. */
const known: readonly (readonly [source: string, type: string, leaf: Partial<ParquetNode>])[] = [
  ["BOOLEAN", "BOOLEAN", {}],
  ["INT(8, signed)", "TINYINT", {}],
  ["INT(16, signed)", "SMALLINT", {}],
  ["INT(32, signed)", "INTEGER", {}],
  ["INT(64, signed)", "BIGINT", {}],
  ["INT(8, unsigned)", "UTINYINT", {}],
  ["INT(16, unsigned)", "USMALLINT", {}],
  ["INT(32, unsigned)", "UINTEGER", {}],
  ["INT(64, unsigned)", "UBIGINT", {}],
  ["FLOAT, FLOAT16", "FLOAT", {}],
  ["DOUBLE", "DOUBLE", {}],
  ["DECIMAL(p ≤ 38, s)", "DECIMAL(38,10)", {}],
  ["DECIMAL(p > 38, s)", "DOUBLE", { precision: 76, scale: 20 }],
  ["STRING, ENUM", "VARCHAR", {}],
  ["BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY, BSON", "BLOB", {}],
  ["JSON", "JSON", {}],
  ["UUID", "UUID", {}],
  ["DATE", "DATE", {}],
  ["TIME(MILLIS, MICROS)", "TIME", {}],
  ["TIME(NANOS)", "TIME", { logical: "TimeType(isAdjustedToUTC=0, unit=TimeUnit(NANOS=NanoSeconds()))" }],
  ["TIMESTAMP(MILLIS, MICROS), local", "TIMESTAMP", {}],
  ["TIMESTAMP(NANOS), local", "TIMESTAMP_NS", {}],
  ["TIMESTAMP(MILLIS, MICROS), UTC", "TIMESTAMP WITH TIME ZONE", {}],
  [
    "TIMESTAMP(NANOS), UTC",
    "TIMESTAMP WITH TIME ZONE",
    { logical: "TimestampType(isAdjustedToUTC=1, unit=TimeUnit(NANOS=NanoSeconds()))" },
  ],
  ["INT96", "TIMESTAMP", { physical: "INT96" }],
  ["INTERVAL", "INTERVAL", {}],
  ["NULL", "INTEGER", { logical: "NullType()" }],
  ["LIST", "INTEGER[]", {}],
  ["MAP", "MAP(VARCHAR, INTEGER)", {}],
  ["groups", "STRUCT(a INTEGER)", {}],
  ["VARIANT, GEOMETRY, GEOGRAPHY", "VARIANT", {}],
];

/** Every type of Parquet, for people; `canonical` is null, and `note` the reason, where it is not compared. */
export const parquetTypeMappings = known.map(([source, type, part]) => {
  const leaf = { ...plain, ...part };
  const exact = isRounded(leaf) ? exactType(leaf) : null;
  const canonical = exact ?? parquetType(type, [leaf]);
  if (typeof canonical !== "string") return { source, canonical: null, note: canonical.notComparable };
  if (exact === null) return { source, canonical, note: "" };
  const finer = leaf.physical === "INT96" ? "`timestamp_ns` where a value has nanoseconds; " : "";
  return { source, canonical, note: `${finer}not compared within lists, maps and groups` };
});
