import type { CanonicalType } from "./canonical-type.ts";
import { commonType } from "./common-type.ts";
import { familyOf, storageType } from "./storage-type.ts";

/** A line of the table of canonical types, for people. */
export interface TypeFact {
  /** One type, or several that are written alike. */
  readonly type: string;
  /** The text form of its values. */
  readonly text: string;
  /** The type of the column in the Parquet file of a dataset, as DuckDB names it. */
  readonly stored: string;
}

const forms: readonly (readonly [types: readonly CanonicalType[], text: string])[] = [
  [["boolean"], "`true`, `false`"],
  [["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"], "decimal digits, `-` before negative ones"],
  [["int128", "int256", "uint128", "uint256"], "the same"],
  [["decimal(38,10)", "decimal(76,20)"], "`decimal(p,s)`: exactly s digits after the point, no point where s is 0"],
  [
    ["number"],
    "an exact decimal of any length, as its source gives it: 1.10 and 1.1 are two values, unless the two columns are declared differently; `NaN`, `Infinity`, `-Infinity`",
  ],
  [["float32", "float64"], "the shortest decimal that reads back as the same value; `NaN`, `Infinity`, `-Infinity`, `-0`"],
  [["text"], "itself"],
  [["enum"], "its label; an added label is a change of the schema"],
  [["bytes"], "two lower-case hexadecimal digits a byte"],
  [["date"], "`YYYY-MM-DD`, more digits from the year 10000 on, ` BC` at the end before year 1; `infinity`, `-infinity`"],
  [["time", "time_ns"], "`HH:MM:SS.ffffff`, up to `24:00:00.000000`; `_ns` with nine digits of fraction"],
  [
    ["timestamp", "timestamp_ns"],
    "date, space, time, ` BC` at the end; `infinity`, `-infinity`; it has no zone. `_ns`: the years 1678 to 2261",
  ],
  [["timestamptz", "timestamptz_ns"], "the same in UTC with `+00` after the time: an instant"],
  [["interval"], "`<months> mon <days> day <microseconds> us`: a month is not 30 days, a day not 24 hours; `infinity`, `-infinity`"],
  [["uuid"], "lower-case with hyphens"],
  [
    ["json"],
    "its normal form: no white space, keys by code point, numbers by exact decimal value (1.0 is `1`; `-0` is kept). An object that names a key twice makes the document text, as written",
  ],
  [
    ["list(int32)"],
    "`list(T)`: a JSON array of the elements' texts as JSON strings; null for NULL; lists, maps and structs within as they stand",
  ],
  [["map(text,int32)"], "`map(K,V)`: a JSON array of arrays `[key, value]`, sorted by the key's text"],
  [['struct("name" int32)'], '`struct("name" T, …)`: a JSON object of its fields, in their order'],
];

/** Every canonical type. */
export const typeFacts: readonly TypeFact[] = forms.map(([types, text]) => ({
  type: types.join(", "),
  text,
  stored: [...new Set(types.map(storageType))].join(", "),
}));

const scalars = forms.flatMap(([types]) => types).filter((type) => !type.includes("(") || type.startsWith("decimal"));
const isExactNumber = (type: CanonicalType): boolean => ["integer", "decimal", "number"].includes(familyOf(type));

/** Each type with the others with whose cells its cells are compared, and as what; without the exact numbers, of which each is compared with each other. */
export const commonTypeFacts: readonly { readonly type: CanonicalType; readonly others: readonly string[] }[] = scalars.map((type) => ({
  type,
  others: scalars
    .filter((other) => other !== type && !(isExactNumber(type) && isExactNumber(other)))
    .flatMap((other) => {
      const common = commonType({ type, source: type }, { type: other, source: other });
      return "type" in common ? [`${other} as ${common.type}`] : [];
    }),
}));
