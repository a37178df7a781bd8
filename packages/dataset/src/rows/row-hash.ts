import type { CanonicalType } from "../types/canonical-type.ts";
import { familyOf } from "../types/storage-type.ts";

/** A value of a row: its type and the SQL that gives it as the type is stored. */
export interface HashedValue {
  readonly type: CanonicalType;
  readonly value: string;
}

/** How `rowHash` hashes, but for the version of DuckDB: it does not promise that another one hashes alike. */
export const rowHashName = "duckdb-hash-1";

/**
 * SQL for the 64-bit hash of a row's values in their order: equal for rows that are the same, and for others only by a chance of 2^-64.
 * NULL is a value of its own; so is -0, which DuckDB by itself takes for 0.
 */
export function rowHash(values: readonly HashedValue[]): string {
  const parts = values.flatMap(({ type, value }) => (familyOf(type) === "float" ? [value, `${value} = 0 AND signbit(${value})`] : [value]));
  return `hash(${parts.length === 0 ? "NULL" : parts.join(", ")})`;
}

/**
 * SQL for the digest of rows from the hash of each: their number, and the sum and xor of the hashes, NULL where there are none; independent of their order,
 * and duplicates count.
 */
export function digestOfHashes(hash: string): string {
  return `count(*), sum(${hash}), bit_xor(${hash})`;
}

/** Numbers that SQL gave as digits, as a manifest holds them: in hexadecimal, 0 for the NULL that is the sum of nothing. */
export function hexOf(numbers: readonly (string | null)[]): string {
  return numbers.map((digits) => BigInt(digits ?? "").toString(16)).join("-");
}
