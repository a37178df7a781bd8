import { z } from "zod";
import { durationSchema } from "../duration.ts";
import { filesSchema, filledSchema, lineSchema, nameSchema } from "./text-schemas.ts";

const cellSchema = z.union([z.string(), z.number(), z.bigint(), z.boolean(), z.null()], "text, a number, true, false or null");

const rowsSchema = z.array(z.array(cellSchema).min(1, "at least one cell"));

const countSchema = z.bigint().min(0n, "0 or more").max(BigInt(Number.MAX_SAFE_INTEGER), "a number that things can be counted to");

const rangeSchema = z
  .union(
    [
      countSchema,
      z.strictObject({
        min: countSchema.optional().describe("At least so many."),
        max: countSchema.optional().describe("At most so many."),
      }),
    ],
    "a number or a map with min and max",
  )
  .meta({ examples: [25, { min: 1 }, { min: 1, max: 100 }] });

const name = "[A-Za-z][A-Za-z0-9_-]{0,62}";
const columnSchema = z
  .string()
  .regex(new RegExp(`^${name}\\.[^/\\\\\\p{Cc}]+\\.[^\\p{Cc}.]+$`, "u"), '"service.table.column"')
  .meta({ examples: ["core.orders.customer_id"] });

/** A value of JSON, with whole numbers as bigint. */
type JsonShape = string | number | bigint | boolean | null | readonly JsonShape[] | { readonly [key: string]: JsonShape };

const jsonSchema: z.ZodType<JsonShape> = z
  .lazy(() =>
    z.union([z.string(), z.number(), z.bigint(), z.boolean(), z.null(), z.array(jsonSchema), z.record(z.string(), jsonSchema)], "JSON"),
  )
  .meta({ id: "json" });

const filesClaimSchema = z
  .strictObject({
    glob: filesSchema().meta({ description: "Which files, below the stage's `${output}`.", examples: ["*.csv", "2026/**/*.parquet"] }),
    count: rangeSchema.optional().describe("How many there are. Without it: at least one."),
    bytes: rangeSchema.optional().describe("How many bytes each of them has."),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits")
      .optional()
      .describe("The SHA-256 of each of them."),
    contains: filledSchema.optional().describe("A text that each of them holds."),
  })
  .describe("What the stage left in its output folder.");

/** What an answer over HTTP is, and may take, where the file does not say. */
export const [defaultStatus, defaultAnswerTimeout] = [200, "10s"] as const;

const httpClaimSchema = z
  .strictObject({
    url: filledSchema.meta({
      description: "What is fetched; `${services.<name>.<value>}` is filled in.",
      examples: ["http://${services.warehouse.host}:${services.warehouse.port}/ping"],
    }),
    status: z
      .bigint()
      .min(100n, "100 to 599")
      .max(599n, "100 to 599")
      .optional()
      .meta({ description: "The status of the answer. A redirect is not followed.", default: defaultStatus }),
    contains: filledSchema.optional().describe("A text that the body holds."),
    json: jsonSchema.optional().describe("What the body is as JSON: of maps the keys that are named here, everything else exactly."),
    timeout: durationSchema.meta({ default: defaultAnswerTimeout }).optional().describe("How long one answer may take."),
  })
  .describe("The answer to a GET request.");

const orphansClaimSchema = z
  .strictObject({
    child: columnSchema.describe("The column that refers, as `service.table.column`. NULL refers to nothing."),
    parent: columnSchema.describe("The column it refers to, of any service."),
  })
  .describe("No value of the child's column is missing in the parent's.");

export const assertionSchema = z
  .strictObject({
    name: lineSchema.describe("What is claimed, for the reader of the report."),
    after: z.string().describe("The stage after which it is asked."),
    in: nameSchema.optional().describe("The service that is asked with `sql`. Needed by equals, contains, rows, empty and invariant."),
    sql: filledSchema.optional().meta({ description: "One SELECT. Needed by the same.", examples: ["select count(*) from orders"] }),
    equals: rowsSchema.optional().meta({
      description: "The rows of the answer, in order: numbers are compared by value, text exactly, null is NULL. An empty list: no row.",
      examples: [[[25]], [["free", 25]], []],
    }),
    contains: rowsSchema
      .min(1, "at least one row")
      .optional()
      .meta({
        description: "Rows that are in the answer, in any order; a row that is listed twice is in it twice.",
        examples: [[["free", 25]]],
      }),
    rows: rangeSchema.optional().describe("How many rows the answer has."),
    empty: z.literal(true).optional().describe("The answer has no row."),
    invariant: z.literal(true).optional().describe("The answer has the same rows, in any order, right before the stage as after it."),
    orphans: orphansClaimSchema.optional(),
    files: filesClaimSchema.optional(),
    http: httpClaimSchema.optional(),
    within: durationSchema.optional().describe("How long it is asked again until it holds. Without it: it is asked once."),
  })
  .describe("A question and its only right answer: exactly one of equals, contains, rows, empty, invariant, orphans, files and http.");

export type AssertionShape = z.infer<typeof assertionSchema>;
export type RangeShape = z.infer<typeof rangeSchema>;
