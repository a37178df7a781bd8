import type { TypeMapping } from "../engine.ts";
import { baseTypes, extensionTypes, rangeType } from "./base-types.ts";

const manualNames: Readonly<Record<string, string>> = {
  bool: "boolean",
  int2: "smallint",
  int4: "integer",
  int8: "bigint",
  float4: "real",
  float8: "double precision",
  varchar: "character varying(n)",
  bpchar: "character(n)",
  numeric: "numeric, numeric(p,s)",
  char: '"char"',
  time: "time without time zone",
  timetz: "time with time zone",
  timestamp: "timestamp without time zone",
  timestamptz: "timestamp with time zone",
  varbit: "bit varying(n)",
  bit: "bit(n)",
};

const made: readonly TypeMapping[] = [
  { source: "enum types", canonical: "enum", note: "the labels stand in the column's source: one that is added is a change of the schema" },
  { source: "domains", canonical: "that of their base type", note: "" },
  {
    source: "arrays",
    canonical: "list(T)",
    note: "a column with an array of several dimensions, or whose lower bound is not 1, is `text` as Postgres writes it: a list has no bounds",
  },
  { source: "composite types", canonical: 'struct("field" T, …)', note: "a row of NULLs is not NULL" },
  { source: "hstore", canonical: "map(text,text)", note: "" },
  { source: "ranges and multiranges", canonical: rangeType.type, note: rangeType.note ?? "" },
  {
    source: "regclass, regtype, … and record",
    canonical: null,
    note: "they hold numbers of the catalogue, or rows without a type: cast them in a query",
  },
  {
    source: "types of other extensions and base types made by users",
    canonical: null,
    note: "only they know which values are equal: cast them in a query",
  },
];

/** Every type of Postgres, for people. */
export const typeMappings: readonly TypeMapping[] = [
  ...[...Object.entries(baseTypes), ...Object.entries(extensionTypes)].map(([name, { type, note = "" }]) => ({
    source: manualNames[name] ?? name,
    canonical: type,
    note,
  })),
  ...made,
];
