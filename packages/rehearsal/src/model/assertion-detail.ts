import { z } from "zod";

const rows = z.array(z.array(z.string().nullable()));
const count = z.int().nonnegative();

/** What a query was to answer and did. Cells are shown as text; null is NULL. */
const queryDetail = z.strictObject({
  kind: z.literal("assert"),
  /** `equals`: all rows of both. `contains`: the rows that are missing, and none. `rows`: none, and those that are too many of none. `invariant`: the rows that were there only before, and only after. */
  claim: z.enum(["equals", "contains", "rows", "invariant"]),
  service: z.string(),
  sql: z.string(),
  expected: rows,
  got: rows,
  /** Rows that did not fit into `got`. */
  more: count,
  attempts: count,
});

const orphansDetail = z.strictObject({
  kind: z.literal("orphans"),
  /** `service.table.column` of both. */
  child: z.string(),
  parent: z.string(),
  /** The first values that the parent lacks. */
  examples: z.array(z.string()),
  attempts: count,
});

const filesDetail = z.strictObject({
  kind: z.literal("files"),
  glob: z.string(),
  files: z.array(z.strictObject({ path: z.string(), bytes: count, sha256: z.string() })),
  /** Files beyond those. */
  more: count,
});

const httpDetail = z.strictObject({
  kind: z.literal("http"),
  /** As it stands in the file. */
  url: z.string(),
  status: z.int().nullable(),
  /** Its beginning. */
  body: z.string(),
  attempts: count,
});

/** The evidence of an assertion; the check's `reason` says what does not hold, but for `equals`, whose rows say it. */
export const assertionDetails = [queryDetail, orphansDetail, filesDetail, httpDetail] as const;
