import { z } from "zod";
import type { CanonicalType } from "../types/canonical-type.ts";
import { isCanonicalType } from "../types/composite-type.ts";

/** No table has more: Postgres ends at 1,600. The table engine's time for a wide one grows with the square of its columns. */
export const mostColumns = 4096;

const count = z.int().nonnegative();
const canonicalType = z.custom<CanonicalType>((type) => typeof type === "string" && isCanonicalType(type), "no canonical type");

const column = z.strictObject({
  name: z.string(),
  source: z.string(),
  type: z.union([canonicalType, z.strictObject({ notComparable: z.string() })]),
  nulls: z.enum(["null", "missing"]).optional(),
});

/** The logical digest of a set of rows: values, not file bytes; independent of row order. */
const digestSchema = z.strictObject({ algorithm: z.string(), rows: count, value: z.string() });
export type Digest = z.infer<typeof digestSchema>;

/** A digest that the engine made of all columns but the ignored ones, of just these rows: an equal one vouches for them without reading any. */
const engineDigestSchema = digestSchema.extend({ ignore: z.array(z.string()).readonly() });
export type EngineDigest = z.infer<typeof engineDigestSchema>;

/** SHA-256 in lower-case hexadecimal, and nothing else: it becomes a path and a key in a store. */
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "no SHA-256");

/** A file by its bytes. */
const contentSchema = z.strictObject({ bytes: count, sha256 });
export type Content = z.infer<typeof contentSchema>;

/** Text is not known by its bytes: a checkout may give its lines other ends. Its values are, by the digest of the rows. */
const fileSchema = z.discriminatedUnion("name", [
  z.strictObject({ name: z.literal("rows.ndjson") }),
  z.strictObject({
    name: z.literal("rows.parquet"),
    /** Beside the manifest, or in the store of the scenario's references under its SHA-256. */
    place: z.enum(["here", "store"]),
    ...contentSchema.shape,
  }),
]);

/** Digests of single columns, which show a reviewer of a large reference where it changed. */
const columnDigestsSchema = z.strictObject({
  algorithm: z.string(),
  values: z.array(z.strictObject({ column: z.string(), value: z.string() })).readonly(),
});
export type ColumnDigests = z.infer<typeof columnDigestsSchema>;

/** Digests of the rows from one key to the next, which show where a large reference changed. */
const rangeDigestsSchema = z.strictObject({
  algorithm: z.string(),
  values: z
    .array(z.strictObject({ from: z.array(z.string().nullable()).readonly().nullable(), rows: count, value: z.string() }))
    .readonly(),
});
export type RangeDigests = z.infer<typeof rangeDigestsSchema>;

/** Where the rows of a reference came from, as of when they last changed. */
const provenanceSchema = z.strictObject({
  run: z.string(),
  startedAt: z.iso.datetime(),
  /** The version of Rehearse. */
  tool: z.string(),
  /** The commit that was rehearsed; null outside a repository. With `+changes` where files differed from it. */
  commit: z.string().nullable(),
  engines: z.array(z.strictObject({ service: z.string(), title: z.string(), version: z.string() })).readonly(),
  /** SHA-256 of the bytes of every seed. */
  seeds: z.array(z.strictObject({ name: z.string(), digest: z.string() })).readonly(),
});
export type Provenance = z.infer<typeof provenanceSchema>;

/** What stands beside the rows of a dataset or reference and says what they are. Columns without a canonical type are listed, not stored. */
export const manifestSchema = z.strictObject({
  version: z.literal(2),
  columns: z.array(column).max(mostColumns, `more than ${mostColumns} columns`).readonly(),
  key: z.array(z.string()).readonly(),
  read: z.string().optional(),
  rows: count,
  digest: digestSchema,
  file: fileSchema,
  /** Of large tables, where their engine can make one. In a reference the ignored columns are those that it was made without. */
  engineDigest: engineDigestSchema.optional(),
  /** Of references that are kept as Parquet. */
  columnDigests: columnDigestsSchema.optional(),
  /** Of those that are large and have a key, sorted by it; the first range begins with the first row, `from: null`. */
  rangeDigests: rangeDigestsSchema.optional(),
  /** Of references that a run was accepted as. */
  provenance: provenanceSchema.optional(),
});
export type Manifest = z.infer<typeof manifestSchema>;
