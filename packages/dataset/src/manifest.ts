import { z } from "zod";

const column = z.strictObject({
  name: z.string(),
  source: z.string(),
  type: z.union([z.string(), z.strictObject({ notComparable: z.string() })]),
});

/** The logical digest of a set of rows: values, not file bytes; independent of row order. */
export const digestSchema = z.strictObject({ algorithm: z.string(), rows: z.int().nonnegative(), value: z.string() });
export type Digest = z.infer<typeof digestSchema>;

/** What stands beside the rows of a dataset or reference and says what they are. */
export const manifestSchema = z.strictObject({
  version: z.literal(1),
  rows: z.int().nonnegative(),
  columns: z.array(column),
  key: z.array(z.string()),
  read: z.string().optional(),
  digest: digestSchema,
  file: z.enum(["rows.parquet", "rows.ndjson"]),
});
export type Manifest = z.infer<typeof manifestSchema>;
