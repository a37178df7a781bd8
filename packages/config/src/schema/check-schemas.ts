import { z } from "zod";
import { assertionSchema } from "./assertion-schema.ts";
import { columnRulesSchema, sampleSchema } from "./column-rules-schema.ts";
import { expectSchema } from "./expect-schema.ts";
import { columnsSchema, filledSchema } from "./text-schemas.ts";

export const diffSchema = z
  .strictObject({
    key: columnsSchema.optional().describe("The columns that identify a row; without it the engine's primary key."),
    ignore: columnsSchema.optional().describe("Columns that are not compared."),
    columns: z
      .record(filledSchema, columnRulesSchema)
      .optional()
      .meta({
        description: "What counts as equal, by the column's name.",
        examples: [{ amount: { tolerance: { abs: 0.01 } }, payload: { json: { "ignore-paths": ["/meta/trace_id"] } } }],
      }),
    sample: sampleSchema.optional(),
  })
  .describe("How a dataset is compared with its reference, after each stage that writes it.");

export const checksSchema = z
  .strictObject({
    diff: z
      .record(z.string(), diffSchema)
      .optional()
      .meta({
        description: "Rules for datasets that stages write, by their names. Every dataset is compared, named here or not.",
        examples: [{ "core.orders": { key: ["id"], ignore: ["updated_at"] } }],
      }),
    expect: z.array(expectSchema).optional().describe("Differences that are expected."),
    assert: z.array(assertionSchema).optional().describe("Assertions."),
  })
  .describe("What is checked beyond the comparison of everything that stages write.");

export type DiffShape = z.infer<typeof diffSchema>;
