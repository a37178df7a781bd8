import { z } from "zod";
import { durationSchema } from "../duration.ts";
import { columnsSchema, filledSchema, nameSchema } from "./text-schemas.ts";

export const diffSchema = z
  .strictObject({
    key: columnsSchema.optional().describe("The columns that identify a row; without it the engine's primary key."),
    ignore: columnsSchema.optional().describe("Columns that are not compared."),
  })
  .describe("How a dataset is compared with its reference, after each stage that writes it.");

const cellSchema = z.union([z.string(), z.number(), z.bigint(), z.boolean(), z.null()], "text, a number, true, false or null");

export const assertionSchema = z
  .strictObject({
    name: z
      .string()
      .regex(/^[^\p{Cc}]+$/u, "one line of text")
      .describe("What is claimed, for the reader of the report."),
    after: z.string().describe("The stage after which it is asked."),
    in: nameSchema.describe("The service that is asked."),
    sql: filledSchema.meta({ description: "One SELECT.", examples: ["select count(*) from orders"] }),
    equals: z.array(z.array(cellSchema).min(1, "at least one cell")).meta({
      description: "The rows of the answer, in order: numbers are compared by value, text exactly, null is NULL. An empty list: no row.",
      examples: [[[25]], [["free", 25]], []],
    }),
    within: durationSchema.optional().describe("How long it is asked again until it holds; without this once."),
  })
  .describe("A question and its only right answer.");

export const checksSchema = z
  .strictObject({
    diff: z
      .record(z.string(), diffSchema)
      .optional()
      .meta({
        description: "Rules for datasets that stages write, by their names. Every dataset is compared, named here or not.",
        examples: [{ "core.orders": { key: ["id"], ignore: ["updated_at"] } }],
      }),
    assert: z.array(assertionSchema).optional().describe("Assertions."),
  })
  .describe("What is checked beyond the comparison of everything that stages write.");

export type DiffShape = z.infer<typeof diffSchema>;
export type AssertionShape = z.infer<typeof assertionSchema>;
