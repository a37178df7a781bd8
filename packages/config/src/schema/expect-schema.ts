import { z } from "zod";
import { columnsSchema, filledSchema, lineSchema } from "./text-schemas.ts";

export const expectSchema = z
  .strictObject({
    dataset: z.string().describe("The dataset, as a stage writes it."),
    stage: z.string().optional().describe("The stage that writes it; needed where several do."),
    columns: columnsSchema.optional().describe("The columns that may change. Without it: any."),
    where: filledSchema.optional().meta({
      description:
        "A condition of DuckDB's SQL that a row meets: a column's name is its value now (of a removed row: its last one), `reference.<column>` the one of the reference. Without it: every row.",
      examples: ["region = 'EU' and amount > reference.amount"],
    }),
    kinds: z
      .array(z.enum(["added", "removed", "changed"]))
      .min(1, "at least one kind")
      .optional()
      .describe("What may happen to a row. Without it: anything, or `changed` alone where columns are named."),
    limit: z
      .bigint()
      .min(1n, "1 or more")
      .max(BigInt(Number.MAX_SAFE_INTEGER), "a number of rows")
      .describe("The most rows that may differ in this way."),
    owner: lineSchema.meta({ description: "Who answers for it.", examples: ["@ana"] }),
    reason: lineSchema.meta({ description: "Why it is expected.", examples: ["price list 2026"] }),
    expires: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/, "a day such as 2027-01-31")
      .meta({ description: "The last day, in UTC, on which it holds.", examples: ["2027-01-31"] }),
  })
  .describe("Rows that differ as they should. A rule that matches nothing, more than its limit, or has expired is itself a difference.");

export type ExpectShape = z.infer<typeof expectSchema>;
