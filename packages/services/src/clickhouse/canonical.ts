import { listOf, mapOf, structOf, type CanonicalType, type Column } from "@rehearse/dataset";
import { documentText } from "./document-text.ts";
import { bytes, leafOf, type Leaf } from "./leaf-types.ts";
import { bareType, parseType, tuplePart } from "./parse-type.ts";

/** How the values of a column are read and put back; see `Leaf`. */
export interface Comparable extends Leaf {
  /** The type without what only says how or whether a value is stored. */
  readonly own: string;
  /** Its text is JSON, and stands as it is in the text of another one. */
  readonly composite?: boolean;
}

/** How a column is read, or why it is not. */
export type Reading = Comparable | { readonly notComparable: string };

interface ReadingOptions {
  /** Text is not UTF-8. */
  readonly binary: boolean;
  /** How many lists stand around: each names its elements anew. */
  readonly depth: number;
}

/** How a column of ClickHouse's type `source` is read, such as `LowCardinality(Nullable(String))`; `binary` where its text is not UTF-8. Pure. */
export function readingOf(source: string, { binary, depth }: ReadingOptions = { binary: false, depth: 0 }): Reading {
  const type = bareType(source);
  const { name, args } = parseType(aliases[type] ?? type);
  const options = { binary, depth };
  switch (name) {
    case "Array":
      return list(args[0] ?? "", options);
    case "Nested":
      return list(`Tuple(${args.join(", ")})`, options);
    case "Map":
      return map(args, options);
    case "Tuple":
      return tuple(args, options);
    case "Variant":
      return variant(args, { type, ...options });
    case "JSON":
      // A document is UTF-8: the engine refuses others.
      return { own: type, type: "json", text: (value) => documentText(value, type), value: (text) => `CAST(${text} AS Nullable(${type}))` };
    default: {
      const leaf = leafOf({ name, args, type });
      if (leaf === null) return { notComparable: reasons.find(([pattern]) => pattern.test(name))?.[1] ?? unknown(name) };
      return { own: type, ...(binary && (name === "String" || name === "FixedString") ? bytes : leaf) };
    }
  }
}

/** The column for the manifest. */
export function describedColumn({ name, source, reading }: Pick<Column, "name" | "source"> & { readonly reading: Reading }): Column {
  return { name, source, type: "type" in reading ? reading.type : reading };
}

/** Names of shapes on the plane. */
const aliases: Readonly<Record<string, string>> = {
  Point: "Tuple(Float64, Float64)",
  Ring: "Array(Point)",
  LineString: "Array(Point)",
  MultiLineString: "Array(LineString)",
  Polygon: "Array(Ring)",
  MultiPolygon: "Array(Polygon)",
};

const unknown = (name: string): string => `Rehearse does not compare ${name} yet: write a query dataset that turns it into text or numbers`;

/** Why a type is not compared. */
export const reasons: readonly (readonly [name: RegExp, reason: string])[] = [
  [
    /^AggregateFunction$/,
    "an AggregateFunction holds a state whose bytes depend on the order of merges: write a query dataset with finalizeAggregation(…) or -Merge",
  ],
  [/^Dynamic$/, "the types of Dynamic are not known before each value is read: write a query dataset that turns it into text or numbers"],
  [/^Time64$/, "Time64 is finer here than the microseconds of an interval: write a query dataset with toString(…)"],
  [/^IntervalNanosecond$/, "IntervalNanosecond is finer than the microseconds of an interval: write a query dataset with toInt64(…)"],
];

/** SQL for the text of a value within a list, map or struct. */
function inJson({ text, composite }: Comparable, value: string): string {
  return `ifNull(${composite === true ? text(value) : `toJSONString(${text(value)})`}, 'null')`;
}

/** SQL for the value of such a text: `json` is what stands there. The engine wraps numbers and moves days that are out of range: it is stopped. */
function fromJson({ own, type, value, text, composite }: Comparable, json: string): string {
  if (composite === true) return value(json);
  const cast = `CAST(${value("t")} AS Nullable(${own}))`;
  const kept = /^float|json/.test(type)
    ? cast
    : `if(throwIf(ifNull(${text(cast)} != t, 0), 'an element is out of range') = 0, ${cast}, NULL)`;
  return `arrayMap(t -> ${kept}, [JSONExtract(${json}, 'Nullable(String)')])[1]`;
}

/** Lists, maps and tuples of ClickHouse are never NULL: reading NULL as an empty one would be a loss. */
function notNull(text: string): string {
  return `if(throwIf(ifNull(${text}, 'null') = 'null', 'NULL has no place where a list, map or tuple is') = 0, assumeNotNull(${text}), '')`;
}

function list(element: string, { binary, depth }: ReadingOptions): Reading {
  const reading = readingOf(element, { binary, depth: depth + 1 });
  if (!("type" in reading)) return reading;
  const x = `x${depth}`;
  return {
    own: `Array(${element})`,
    type: listOf(reading.type),
    composite: true,
    text: (value) => `concat('[', arrayStringConcat(arrayMap(${x} -> ${inJson(reading, x)}, ${value}), ','), ']')`,
    value: (text) => `arrayMap(${x} -> ${fromJson(reading, x)}, JSONExtractArrayRaw(${notNull(text)}))`,
  };
}

function map([keyType = "", valueType = ""]: readonly string[], { binary, depth }: ReadingOptions): Reading {
  const [key, value] = [keyType, valueType].map((type) => readingOf(type, { binary, depth: depth + 1 }));
  if (key === undefined || !("type" in key)) return key ?? { notComparable: unknown("Map") };
  if (value === undefined || !("type" in value)) return value ?? { notComparable: unknown("Map") };
  const [k, v, pairs] = [`k${depth}`, `v${depth}`, (text: string) => `JSONExtractArrayRaw(${notNull(text)})`];
  return {
    own: `Map(${keyType}, ${valueType})`,
    type: mapOf({ key: key.type, value: value.type }),
    composite: true,
    text: (held) =>
      `concat('[', arrayStringConcat(arrayMap((${k}, ${v}) -> concat('[', ${inJson(key, k)}, ',', ${inJson(value, v)}, ']'), mapKeys(${held}), mapValues(${held})), ','), ']')`,
    value: (text) =>
      `(arrayMap(${k} -> ${fromJson(key, `JSONExtractRaw(${k}, 1)`)}, ${pairs(text)}), arrayMap(${v} -> ${fromJson(value, `JSONExtractRaw(${v}, 2)`)}, ${pairs(text)}))`,
  };
}

function tuple(args: readonly string[], options: ReadingOptions): Reading {
  const parts: { readonly name: string; readonly reading: Comparable }[] = [];
  for (const [index, { name, type }] of args.map(tuplePart).entries()) {
    const reading = readingOf(type, options);
    if (!("type" in reading)) return reading;
    parts.push({ name: name ?? String(index + 1), reading });
  }
  const field = ({ name, reading }: (typeof parts)[number], { value, index }: { value: string; index: number }): string =>
    `${literal(`${JSON.stringify(name)}:`)}, ${inJson(reading, `tupleElement(${value}, ${index + 1})`)}`;
  return {
    own: `Tuple(${args.join(", ")})`,
    type: structOf(parts.map(({ name, reading }) => ({ name, type: reading.type }))),
    composite: true,
    text: (value) =>
      `if(isNull(${value}), NULL, concat('{', ${parts.map((part, index) => `${field(part, { value, index })}, `).join("',', ")}'}'))`,
    value: (text) =>
      parts.length === 0
        ? "tuple()"
        : `tuple(${parts.map(({ name, reading }) => fromJson(reading, `JSONExtractRaw(${notNull(text)}, ${literal(name)})`)).join(", ")})`,
  };
}

/** One of several types, as a struct with a field for each of which one at most is not NULL. */
function variant(types: readonly string[], { type: whole, ...options }: ReadingOptions & { readonly type: string }): Reading {
  const parts: { readonly type: string; readonly reading: Comparable }[] = [];
  for (const type of types) {
    const reading = readingOf(type, options);
    if (!("type" in reading)) return reading;
    parts.push({ type, reading });
  }
  const member = ({ type, reading }: (typeof parts)[number], value: string): string =>
    `${literal(`${JSON.stringify(type)}:`)}, if(toString(variantType(${value})) = ${literal(type)}, ${inJson(reading, `variantElement(${value}, ${literal(type)})`)}, 'null')`;
  const given = (text: string, type: string): string => `JSONExtractRaw(${text}, ${literal(type)})`;
  return {
    own: whole,
    type: structOf(parts.map(({ type, reading }): { name: string; type: CanonicalType } => ({ name: type, type: reading.type }))),
    composite: true,
    text: (value) => `if(isNull(${value}), NULL, concat('{', ${parts.map((part) => `${member(part, value)}, `).join("',', ")}'}'))`,
    value: (text) =>
      `multiIf(${parts.map(({ type, reading }) => `${given(text, type)} NOT IN ('', 'null'), CAST(CAST(${fromJson(reading, given(text, type))} AS ${type}) AS ${whole}), `).join("")}CAST(NULL AS ${whole}))`,
  };
}

function literal(text: string): string {
  return `'${text.replaceAll(/['\\]/g, "\\$&")}'`;
}
