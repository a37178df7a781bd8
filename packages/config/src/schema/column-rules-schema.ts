import { z } from "zod";
import { filledSchema } from "./text-schemas.ts";

const none = "a number from 0 on";

/** A number of the file that is not negative; whole ones arrive as bigint. */
const amountSchema = z.union([z.number().nonnegative(none), z.bigint().nonnegative(none)], "a number");

const toleranceSchema = z
  .strictObject({
    abs: z
      .union(
        [
          z.number().nonnegative(none),
          z.bigint().nonnegative(none),
          z.string().regex(/^\d{1,40}(\.\d{1,40})?$/, 'a decimal number, such as "0.01"'),
        ],
        "a number",
      )
      .optional()
      .meta({ description: "The largest difference, of numbers.", examples: [0.01] }),
    rel: amountSchema
      .optional()
      .meta({ description: "The largest difference as a part of the larger value, of numbers.", examples: [1e-9] }),
    ulp: z
      .bigint()
      .min(1n, "1 or more")
      .max(1_000_000n, "at most 1000000")
      .optional()
      .meta({ description: "The most steps of the type between two values, of float32 or float64.", examples: [4] }),
    time: z
      .string()
      .regex(/^[1-9]\d{0,5}(us|ms|s|m|h|d)$/, 'a whole number up to 999999 with us, ms, s, m, h or d, such as "1ms"')
      .optional()
      .meta({ description: "The longest time between two dates, times or timestamps.", examples: ["1ms"] }),
  })
  .refine((tolerance) => Object.keys(tolerance).length > 0, "abs, rel, ulp or time")
  .meta({
    description: "How far two values may lie apart and be equal, by any one of these; such cells are counted apart.",
    minProperties: 1,
  });

export const columnRulesSchema = z
  .strictObject({
    tolerance: toleranceSchema.optional(),
    unordered: z.literal(true).optional().describe("The order of a list, or of a JSON array, does not count."),
    json: z
      .strictObject({
        "ignore-paths": z
          .array(z.string().regex(/^(\/([^~/]|~[01])*)+$/u, 'a JSON Pointer, such as "/meta/trace_id"'))
          .min(1, "at least one path")
          .meta({ description: "JSON Pointers to parts of the document that are not compared.", examples: [["/meta/trace_id"]] }),
      })
      .optional()
      .describe("How a document is compared."),
    trim: z.literal(true).optional().describe("White space at both ends of a text does not count."),
    transform: filledSchema.optional().meta({
      description: "An expression of DuckDB's SQL over `value`, applied to both sides before the other rules of the column.",
      examples: ["lower(value)", "date_trunc('minute', value)"],
    }),
  })
  .refine((rules) => Object.keys(rules).length > 0, "at least one rule")
  .meta({ description: "What counts as equal in the column.", minProperties: 1 });

/** How much of a dataset is compared. */
export const sampleSchema = z
  .string()
  .regex(/^(?!0+(\.0+)?%)(0|[1-9]\d?)(\.\d{1,4})?%$/, 'a part in percent, such as "10%"')
  .meta({
    description:
      "Compare only so many percent of the rows, always the same ones; the report says that it is of a sample. Without it: every row.",
    examples: ["10%"],
  });

export type ColumnRulesShape = z.infer<typeof columnRulesSchema>;
