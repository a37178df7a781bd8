import type { TypeMapping } from "../engine.ts";
import { readingOf, reasons } from "./canonical.ts";
import { leafOf } from "./leaf-types.ts";
import { parseType } from "./parse-type.ts";

/** Types without parts, with the arguments that make a difference. */
const leaves = [
  "Bool",
  "Int8",
  "Int16",
  "Int32",
  "Int64",
  "Int128",
  "Int256",
  "UInt8",
  "UInt16",
  "UInt32",
  "UInt64",
  "UInt128",
  "UInt256",
  "Float32",
  "Float64",
  "BFloat16",
  "Decimal(38, 10)",
  "Decimal(76, 20)",
  "String",
  "FixedString(16)",
  "Enum8('a' = 1)",
  "Enum16('a' = 1)",
  "UUID",
  "IPv4",
  "IPv6",
  "Date",
  "Date32",
  "DateTime('Asia/Tokyo')",
  "DateTime64(6)",
  "DateTime64(9)",
  "Time",
  "Time64(6)",
  "IntervalSecond",
  "IntervalDay",
  "IntervalMonth",
  "Nothing",
];

const made: readonly (readonly [source: string, note: string])[] = [
  ["Array(UInt8)", "`Nested` is an array of tuples"],
  ["Map(String, UInt8)", "also with a key that stands twice"],
  ["Tuple(a UInt8, b String)", "without names: the fields 1, 2, …"],
  ["Variant(String, UInt8)", "a field for each type, of which one at most is not NULL"],
  ["Point", "Ring, LineString, Polygon and their like are lists of it"],
  ["JSON", "with the types that its text does not show, such as a Date's"],
];

/** Every type of ClickHouse, for people. */
export const typeMappings: readonly TypeMapping[] = [
  { source: "Nullable(T), LowCardinality(T), SimpleAggregateFunction(f, T)", canonical: "that of T", note: "" },
  ...leaves.map((type) => {
    const leaf = leafOf({ ...parseType(type), type });
    return { source: type, canonical: leaf?.type ?? null, note: leaf?.note ?? "" };
  }),
  ...made.map(([source, note]) => {
    const reading = readingOf(source);
    return { source, canonical: "type" in reading ? reading.type : null, note };
  }),
  ...["AggregateFunction(sum, UInt64)", "Dynamic", "Time64(9)", "IntervalNanosecond"].map((source) => {
    const { name } = parseType(source);
    return { source, canonical: null, note: reasons.find(([pattern]) => pattern.test(name))?.[1] ?? "" };
  }),
];
