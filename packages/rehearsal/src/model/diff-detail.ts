import { z } from "zod";

const cell = z.string().nullable();
const count = z.int().nonnegative();

/** A row that changed, named by its key. */
const changedRow = z.strictObject({
  key: z.array(cell),
  cells: z.array(z.strictObject({ column: z.string(), reference: cell, current: cell, delta: z.string().nullable() })),
});

const schemaChange = z.union([
  z.strictObject({ change: z.enum(["added", "removed"]), column: z.string(), type: z.string() }),
  z.strictObject({ change: z.literal("type"), column: z.string(), reference: z.string(), current: z.string() }),
  z.strictObject({ change: z.literal("key"), reference: z.array(z.string()), current: z.array(z.string()) }),
]);

const cause = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("value"), column: z.string(), value: cell, rows: count, of: count }),
  z.strictObject({
    kind: z.literal("arithmetic"),
    column: z.string(),
    operation: z.enum(["times", "plus"]),
    operand: z.string(),
    rows: count,
  }),
]);

/** What a diff found; see `Comparison` of the dataset package, whose facts these are. */
export const diffDetailSchema = z.strictObject({
  kind: z.literal("diff"),
  columns: z.array(
    z.strictObject({
      name: z.string(),
      changed: count,
      toTolerance: count,
      nullToValue: count,
      valueToNull: count,
      deltas: z.strictObject({ min: z.string(), median: z.string(), max: z.string() }).nullable(),
    }),
  ),
  causes: z.array(cause),
  schema: z.array(schemaChange),
  notCompared: z.array(z.strictObject({ column: z.string(), reason: z.string() })),
  ignored: z.array(z.string()),
  /** What the file says of single columns, in the words of the file. */
  rules: z.array(z.strictObject({ column: z.string(), rule: z.string() })),
  /** What the file expects to differ, with the rows that each rule matches; one whose `fault` is not empty covers none of them. */
  expected: z.array(
    z.strictObject({
      reason: z.string(),
      owner: z.string(),
      expires: z.string(),
      /** Null: any column. */
      columns: z.array(z.string()).nullable(),
      /** Null: any value. */
      where: z.string().nullable(),
      kinds: z.array(z.enum(["added", "removed", "changed"])),
      limit: count,
      matched: count,
      fault: z.string(),
      line: z.int().positive(),
    }),
  ),
  /** Rows that differ and are not covered by what is expected. */
  unexpected: count,
  matching: z.strictObject({ by: z.enum(["key", "multiset"]), columns: z.array(z.string()), reason: z.string().nullable() }),
  keyProblems: z.array(z.strictObject({ side: z.enum(["reference", "current"]), problem: z.enum(["duplicate", "null"]), rows: count })),
  rung: z.strictObject({ name: z.string(), why: z.string() }),
  sampled: z.strictObject({ percent: z.number().positive(), rows: count }).nullable(),
  examples: z.strictObject({
    fields: z.array(z.string()),
    changed: z.array(changedRow),
    added: z.array(z.array(cell)),
    removed: z.array(z.array(cell)),
  }),
});
