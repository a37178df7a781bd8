import { z } from "zod";
import { assertionSchema } from "./assertion-schema.ts";
import { columnRulesSchema, sampleSchema } from "./column-rules-schema.ts";
import { expectSchema } from "./expect-schema.ts";
import { columnsSchema, filledSchema } from "./text-schemas.ts";

export const diffSchema = z
  .strictObject({
    key: columnsSchema
      .optional()
      .describe("The columns that identify a row. Without it: the table's own key; where it has none, rows are matched as a whole."),
    ignore: columnsSchema.optional().describe("Columns that are not compared, and not kept in the reference. Without it: none."),
    columns: z
      .record(filledSchema.meta({ title: "column" }), columnRulesSchema)
      .optional()
      .meta({
        description: "What counts as equal, by the column's name. Without it: the same value.",
        examples: [{ amount: { tolerance: { abs: 0.01 } }, payload: { json: { "ignore-paths": ["/meta/trace_id"] } } }],
      }),
    sample: sampleSchema.optional(),
  })
  .describe("How a dataset is compared with its reference, after each stage that writes it.");

export const checksSchema = z
  .strictObject({
    diff: z
      .record(z.string().meta({ title: "dataset" }), diffSchema)
      .optional()
      .meta({
        description:
          "How datasets that stages write are compared, by their names. Every one is compared, named here or not. Of a table that is only read, which columns do not count.",
        examples: [{ "core.orders": { key: ["id"], ignore: ["updated_at"] } }],
      }),
    expect: z
      .array(expectSchema)
      .optional()
      .describe("Differences that are expected, each with who answers for it and until when. Without it: none."),
    assert: z.array(assertionSchema).optional().describe("Questions with their only right answer, asked after stages. Without it: none."),
  })
  .describe(
    "How what stages write is compared, how it may differ, and what else must hold. Without it: everything that stages write must be as its reference.",
  );

export type DiffShape = z.infer<typeof diffSchema>;
