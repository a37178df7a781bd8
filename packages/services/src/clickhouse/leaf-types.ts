import type { CanonicalType } from "@rehearse/dataset";

/** How values of a type that has no parts are read and put back. All SQL takes NULL and gives it back. */
export interface Leaf {
  readonly type: CanonicalType;
  /** The canonical text of a value. */
  readonly text: (value: string) => string;
  /** The value of a canonical text, still to be cast to the column's own type. */
  readonly value: (text: string) => string;
  /** What goes into Parquet, where that is not the text. */
  readonly parquet?: (value: string) => string;
  /** For the table of types. */
  readonly note?: string;
}

const castTo = (type: string) => (value: string) => `CAST(${value} AS Nullable(${type}))`;
const asText = castTo("String");
const asWritten = (text: string): string => text;

/** The types that are read as they are. */
const exact: Readonly<Record<string, CanonicalType>> = {
  Bool: "boolean",
  Int8: "int8",
  Int16: "int16",
  Int32: "int32",
  Int64: "int64",
  UInt8: "uint8",
  UInt16: "uint16",
  UInt32: "uint32",
  UInt64: "uint64",
};

/** Types whose text is the canonical one; Parquet has none like them. */
const texts: Readonly<Record<string, Pick<Leaf, "type" | "note">>> = {
  Int128: { type: "int128" },
  Int256: { type: "int256" },
  UInt128: { type: "uint128" },
  UInt256: { type: "uint256" },
  String: { type: "text", note: "`bytes` where a value of the column is not UTF-8" },
  Enum8: { type: "enum", note: "the labels stand in the column's source" },
  Enum16: { type: "enum", note: "the labels stand in the column's source" },
  UUID: { type: "uuid" },
  IPv4: { type: "text", note: "the type's own text, which differs where values differ" },
  IPv6: { type: "text", note: "the type's own text, which differs where values differ" },
  Nothing: { type: "text", note: "NULL is its only value" },
};

/** How a type without parts is read; null where it is none of these. `type` is the whole type, `args` what stands in its parentheses. */
export function leafOf({ name, args, type }: { name: string; args: readonly string[]; type: string }): Leaf | null {
  const simple = exact[name];
  if (simple !== undefined) return { type: simple, text: asText, value: asWritten, parquet: castTo(name) };
  const own = texts[name];
  if (own !== undefined) return { ...own, text: asText, value: asWritten };
  switch (name) {
    case "Float32":
    case "Float64":
      return float(name, type);
    case "BFloat16":
      return { ...float("Float32", type), note: "widened" };
    case "Decimal":
      return decimal(args);
    case "FixedString":
      return {
        type: "text",
        text: asText,
        value: asWritten,
        note: "without the zero bytes at its end; `bytes`, with them, where a value is not UTF-8",
      };
    case "Date":
    case "Date32":
      return { type: "date", text: asText, value: castTo(name), parquet: castTo("Date32") };
    case "DateTime":
      return instant(6);
    case "DateTime64":
      return instant(Number(args[0]));
    case "Time":
    case "Time64":
      return duration(name, Number(args[0] ?? 0));
    default:
      return name.startsWith("Interval") ? interval(name.slice("Interval".length)) : null;
  }
}

/** Text that turns out not to be UTF-8, as bytes; a FixedString with the zero bytes at its end. */
export const bytes: Leaf = {
  type: "bytes",
  text: (value) => `lower(hex(${value}))`,
  value: (text) => `unhex(${text})`,
};

function float(canonical: "Float32" | "Float64", type: string): Leaf {
  const text = (value: string): string =>
    `multiIf(isNaN(${value}), 'NaN', isInfinite(${value}), if(${value} > 0, 'Infinity', '-Infinity'), toString(${value}))`;
  const wide = castTo(canonical);
  return {
    type: canonical === "Float32" ? "float32" : "float64",
    // Only the wide form has a text that says no more digits than it has.
    text: (value) => text(wide(value)),
    value: (given) => castTo(type)(wide(given)),
    parquet: wide,
  };
}

function decimal(args: readonly string[]): Leaf {
  const [precision, scale] = [Number(args[0]), Number(args[1])];
  // A plain cast to text would drop the scale's zeros.
  const text = (value: string): string => `toDecimalString(${value}, ${scale})`;
  const native = castTo(`Decimal(${precision}, ${scale})`);
  // Beyond 38 digits Parquet's readers round; the text is exact.
  return { type: `decimal(${precision},${scale})`, text, value: asWritten, ...(precision <= 38 ? { parquet: native } : {}) };
}

function instant(scale: number): Leaf {
  const read = Math.max(scale, 6);
  const utc = castTo(`DateTime64(${read}, 'UTC')`);
  return {
    type: scale <= 6 ? "timestamptz" : "timestamptz_ns",
    text: (value) => `concat(toString(${utc(value)}), '${read === 6 ? "" : "0".repeat(9 - read)}+00')`,
    value: (text) => utc(`substring(${text}, 1, length(${text}) - 3)`),
    ...(scale <= 6 ? { parquet: utc } : { note: "from 1677 to 2262" }),
  };
}

const microseconds = (text: string): string => `toInt64(extract(${text}, '(-?[0-9]+) us$'))`;

/** A Time goes from -999 hours to 999: it is no time of day. */
function duration(name: string, scale: number): Leaf | null {
  if (scale > 6) return null;
  const decimalOf = (value: string): string => `CAST(${value} AS Nullable(Decimal(18, 6)))`;
  const held =
    name === "Time" ? (value: string) => `toInt64(${value}) * 1000000` : (value: string) => `toInt64(${decimalOf(value)} * 1000000)`;
  return {
    type: "interval",
    text: (value) => `concat('0 mon 0 day ', toString(${held(value)}), ' us')`,
    value: (text) =>
      name === "Time" ? `intDiv(${microseconds(text)}, 1000000)` : `toDecimal64(${microseconds(text)}, 6) / toDecimal64(1000000, 0)`,
    note: "a length of time: it goes from -999 hours to 999",
  };
}

const units: Readonly<Record<string, { readonly text: (count: string) => string; readonly pattern: string; readonly size: string }>> = {
  Microsecond: inMicroseconds("1"),
  Millisecond: inMicroseconds("1000"),
  Second: inMicroseconds("1000000"),
  Minute: inMicroseconds("60000000"),
  Hour: inMicroseconds("3600000000"),
  Day: { text: (count) => `concat('0 mon ', ${count}, ' day 0 us')`, pattern: "(-?[0-9]+) day", size: "1" },
  Week: { text: (count) => `concat('0 mon ', ${count}, ' day 0 us')`, pattern: "(-?[0-9]+) day", size: "7" },
  Month: { text: (count) => `concat(${count}, ' mon 0 day 0 us')`, pattern: "^(-?[0-9]+)", size: "1" },
  Quarter: { text: (count) => `concat(${count}, ' mon 0 day 0 us')`, pattern: "^(-?[0-9]+)", size: "3" },
  Year: { text: (count) => `concat(${count}, ' mon 0 day 0 us')`, pattern: "^(-?[0-9]+)", size: "12" },
};

function inMicroseconds(size: string): (typeof units)[string] {
  return { text: (count) => `concat('0 mon 0 day ', ${count}, ' us')`, pattern: "(-?[0-9]+) us$", size };
}

function interval(unit: string): Leaf | null {
  const found = units[unit];
  if (found === undefined) return null;
  const { text, pattern, size } = found;
  return {
    type: "interval",
    text: (value) => text(`toString(toInt128(toInt64(${value})) * ${size})`),
    value: (given) => `intDiv(toInt64(extract(${given}, '${pattern}')), ${size})`,
  };
}
