import type { CanonicalType } from "@rehearse/dataset";

export interface KeyAttribute {
  readonly name: string;
  readonly type: "S" | "N" | "B";
}

/** A key's attribute always has its type; any other attribute may have another one in each item. */
export const keyTypes: Readonly<Record<KeyAttribute["type"], CanonicalType>> = { S: "text", N: "number", B: "bytes" };
