import type { PostgresType } from "./postgres-type.ts";

/** A column as it is hashed: SQL for its value, which may be NULL, and its type. */
export interface HashedColumn {
  readonly value: string;
  readonly type: PostgresType;
}

/** How bytes are hashed; the server has a function for it from version 18 on, and below that only one for text. */
export type BytesHash = "as bytes" | "as text";

type Link = (value: string, seed: string) => string;

const zero = "0::pg_catalog.int8";
/** So many flags fit into a whole number. */
const flagsAtOnce = 30;

/** Types whose text is the value, and those that are small whole numbers: they are hashed as they are. */
const asText = new Set(["text", "varchar"]);
const asNumber = new Set(["int2", "int4", "bool"]);

/** The function that writes a type's binary form, which is never empty and differs where values differ, -0 and 1.00 from 0 and 1.0 too. */
const binaryForm: Readonly<Record<string, string>> = {
  int8: "int8send",
  oid: "oidsend",
  float4: "float4send",
  float8: "float8send",
  numeric: "numeric_send",
  date: "date_send",
  time: "time_send",
  timetz: "timetz_send",
  timestamp: "timestamp_send",
  timestamptz: "timestamptz_send",
  interval: "interval_send",
  uuid: "uuid_send",
  json: "json_send",
  jsonb: "jsonb_send",
};

/**
 * SQL for a 64-bit hash of a row, which other values, NULLs or columns change. Pure.
 *
 * Each column's hash is the seed of the next. Postgres' own hash of a record takes bigints and times of the same lower and upper half, or 1.0 and 1.00,
 * for the same, and only adds up the hashes of its columns: rows that swapped values would have the sum that they had before.
 */
export function rowHash(columns: readonly HashedColumn[], bytes: BytesHash): string {
  const links = columns.map((column) => ({ ...column, ...linkOf(column.type, bytes) }));
  const flags = links.filter(({ flagged }) => flagged).map(({ value }) => value);
  return links.reduce((seed, { link, value }) => link(value, seed), nullFlags(flags));
}

/** `flagged`: NULL is hashed as a value that the type has as well, so which are NULL is hashed apart. */
function linkOf(type: PostgresType, bytes: BytesHash): { readonly link: Link; readonly flagged: boolean } {
  const name = type.kind === "base" && type.home === "pg_catalog" ? type.name : "";
  const send = Object.hasOwn(binaryForm, name) ? binaryForm[name] : undefined;
  const hashBytes = bytes === "as bytes" ? ownBytesHash : textBytesHash;
  if (send !== undefined) return { link: (value, seed) => hashBytes(`pg_catalog.${send}(${value})`, seed), flagged: false };
  if (name === "bytea") return { link: hashBytes, flagged: true };
  if (asText.has(name)) return { link: textHash, flagged: true };
  if (asNumber.has(name)) return { link: numberHash, flagged: true };
  // The text of a row of one value shows NULL as well. The binary forms of lists, rows and enums carry OIDs, which differ between databases.
  return { link: (value, seed) => textHash(`pg_catalog.textin(pg_catalog.record_out(ROW(${value})))`, seed), flagged: false };
}

const textHash: Link = (text, seed) => `pg_catalog.hashtextextended(coalesce(${text}, '') COLLATE "C", ${seed})`;
const ownBytesHash: Link = (value, seed) => `pg_catalog.hashbyteaextended(coalesce(${value}, ''), ${seed})`;
const textBytesHash: Link = (value, seed) => textHash(`pg_catalog.encode(${value}, 'hex')`, seed);
const numberHash: Link = (value, seed) => `pg_catalog.hashint4extended(coalesce(${value}::pg_catalog.int4, 0), ${seed})`;

/** Which values are NULL, as the hash that the first column's begins with. */
function nullFlags(values: readonly string[]): string {
  let seed = zero;
  for (let at = 0; at < values.length; at += flagsAtOnce) {
    const flags = values.slice(at, at + flagsAtOnce).map((value, index) => `CASE WHEN ${value} IS NULL THEN ${2 ** index} ELSE 0 END`);
    seed = `pg_catalog.hashint4extended(${flags.join(" + ")}, ${seed})`;
  }
  return seed;
}
