import { z } from "zod";
import type { CanonicalType } from "../types/canonical-type.ts";
import { isCanonicalType } from "../types/storage-type.ts";

const canonicalType = z.custom<CanonicalType>((type) => typeof type === "string" && isCanonicalType(type), "no canonical type");

const column = z.strictObject({
  name: z.string(),
  source: z.string(),
  type: z.union([canonicalType, z.strictObject({ notComparable: z.string() })]),
});

/** The logical digest of a set of rows: values, not file bytes; independent of row order. */
const digestSchema = z.strictObject({ algorithm: z.string(), rows: z.int().nonnegative(), value: z.string() });
export type Digest = z.infer<typeof digestSchema>;

/** What stands beside the rows of a dataset or reference and says what they are. Columns without a canonical type are listed, not stored. */
export const manifestSchema = z.strictObject({
  version: z.literal(1),
  rows: z.int().nonnegative(),
  columns: z.array(column).readonly(),
  key: z.array(z.string()).readonly(),
  read: z.string().optional(),
  digest: digestSchema,
  file: z.enum(["rows.parquet", "rows.ndjson"]),
});
export type Manifest = z.infer<typeof manifestSchema>;
