import type { TypeMapping } from "../engine.ts";
import { keyTypes } from "./key-attribute.ts";

/** Every type of DynamoDB, for people. */
export const typeMappings: readonly TypeMapping[] = [
  { source: "S as a key", canonical: keyTypes.S, note: "" },
  { source: "N as a key", canonical: keyTypes.N, note: "all 38 digits" },
  { source: "B as a key", canonical: keyTypes.B, note: "" },
  {
    source: "S, N, B, BOOL, NULL, L, M as an attribute",
    canonical: "json",
    note: 'DynamoDB\'s own JSON, `{"N":"1"}`: an attribute may have another type in each item. One that an item does not have is NULL, one that is NULL is `{"NULL":true}`',
  },
  { source: "SS, NS, BS", canonical: "json", note: "the same, sorted: a set has no order" },
];
