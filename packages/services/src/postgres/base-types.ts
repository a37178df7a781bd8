import type { CanonicalType } from "@rehearse/dataset";

/** How the values of a type become canonical text, and come back from it. Where a function is left out, the type's own text is the canonical one. */
export interface BaseType {
  readonly type: CanonicalType;
  readonly text?: (value: string) => string;
  readonly value?: (text: string) => string;
  /** For the table of types: what one should know about it. */
  readonly note?: string;
}

const ownText = { type: "text", note: "the type's own text, which differs where values differ" } as const;

/** The types that Postgres itself brings, by their names in the catalogue. */
export const baseTypes: Readonly<Record<string, BaseType>> = {
  bool: { type: "boolean", text: (value) => `CASE ${value} WHEN true THEN 'true' WHEN false THEN 'false' END` },
  int2: { type: "int16" },
  int4: { type: "int32" },
  int8: { type: "int64" },
  oid: { type: "uint32" },
  xid: { type: "uint32" },
  cid: { type: "uint32" },
  xid8: { type: "uint64" },
  numeric: { type: "number", note: "also with a precision: `numeric(10,2)` may hold NaN, and a type must not depend on the rows" },
  money: {
    type: "decimal(19,2)",
    text: (value) => `${value}::pg_catalog.numeric::pg_catalog.text`,
    value: (text) => `${text}::pg_catalog.numeric::pg_catalog.money`,
    note: "in hundredths, whatever `lc_monetary` says",
  },
  float4: { type: "float32" },
  float8: { type: "float64" },
  text: { type: "text" },
  varchar: { type: "text" },
  bpchar: { type: "text", note: "with its padding" },
  name: { type: "text" },
  char: { type: "text" },
  bytea: {
    type: "bytes",
    text: (value) => `pg_catalog.encode(${value}, 'hex')`,
    value: (text) => `pg_catalog.decode(${text}, 'hex')`,
  },
  date: { type: "date" },
  time: { type: "time", text: (value) => `pg_catalog.to_char(${value}::pg_catalog.interval, 'HH24:MI:SS.US')` },
  timestamp: { type: "timestamp", text: (value) => moment(value, "") },
  timestamptz: { type: "timestamptz", text: (value) => moment(value, '"+00"') },
  interval: { type: "interval", text: spanText },
  uuid: { type: "uuid" },
  json: { type: "json", note: "as a value: key order, white space and the form of numbers do not count" },
  jsonb: { type: "json", note: "as a value: key order, white space and the form of numbers do not count" },
  timetz: ownText,
  inet: ownText,
  cidr: ownText,
  macaddr: ownText,
  macaddr8: ownText,
  bit: ownText,
  varbit: ownText,
  xml: ownText,
  tsvector: ownText,
  tsquery: ownText,
  jsonpath: ownText,
  pg_lsn: ownText,
  tid: ownText,
  point: ownText,
  line: ownText,
  lseg: ownText,
  box: ownText,
  path: ownText,
  polygon: ownText,
  circle: ownText,
};

/** Types that extensions bring and that have a text of their own for each value. */
export const extensionTypes: Readonly<Record<string, BaseType>> = {
  citext: { type: "text", note: "with its case: two texts that Postgres takes for equal are told apart" },
  ltree: ownText,
};

/** Ranges and multiranges: Postgres writes the discrete ones in one form, `[1,2)`. */
export const rangeType: BaseType = ownText;

/** `to_char` knows no infinity, and writes years before Christ like those after unless told. The session's zone is UTC. */
function moment(value: string, zone: string): string {
  return `CASE WHEN NOT pg_catalog.isfinite(${value}) THEN ${value}::pg_catalog.text
    WHEN ${value} < '0001-01-01' THEN pg_catalog.to_char(${value}, 'YYYY-MM-DD HH24:MI:SS.US${zone} BC')
    ELSE pg_catalog.to_char(${value}, 'YYYY-MM-DD HH24:MI:SS.US${zone}') END`;
}

/** The three parts that Postgres keeps apart. Each part is made whole before it is multiplied: up to version 13 they come as doubles. */
function spanText(value: string): string {
  const part = (name: string): string => `extract(${name} FROM ${value})::pg_catalog.int8`;
  const microseconds = `(${part("hour")} * 3600000000 + ${part("minute")} * 60000000 + ${part("microseconds")})`;
  return `CASE WHEN NOT pg_catalog.isfinite(${value}) THEN ${value}::pg_catalog.text
    WHEN ${value} IS NOT NULL THEN pg_catalog.concat(${part("year")} * 12 + ${part("month")}, ' mon ', ${part("day")}, ' day ', ${microseconds}, ' us') END`;
}
