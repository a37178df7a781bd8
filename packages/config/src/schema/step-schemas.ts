import { z } from "zod";
import { durationSchema } from "../duration.ts";
import { columnsSchema, fileSchema, filesSchema, filledSchema, nameSchema, tableSchema, targetSchema } from "./text-schemas.ts";

const reserved = "REHEARSE_";

const program = {
  run: z.union([filledSchema, z.tuple([filledSchema]).rest(z.string())], "text or a list of words").meta({
    description: "What is executed, in the folder of this file. A list is executed as it stands; text is run by `bash -euo pipefail -c`.",
    examples: [["node", "service/refresh.ts"], "node service/refresh.ts | tee refresh.log"],
  }),
  env: z
    .record(
      z.string().regex(new RegExp(`^(?!${reserved})[A-Za-z_][A-Za-z0-9_]*$`), `letters, digits or "_", not starting with ${reserved}`),
      z.string(),
    )
    .optional()
    .meta({
      description:
        "Environment variables; of the caller's environment only `PATH` is handed on. `${services.<name>.<value>}` is filled in, and in a stage `${output}`: the path of a new folder for its files. `$${` is `${`. Without it: those that every program has.",
      examples: [{ DATABASE_URL: "${services.core.url}" }],
    }),
};

/** The key of what is no table; that of a table stands in `checks.diff`. */
const datasetKeySchema = columnsSchema.describe(
  "The columns that identify a row. Without it: the key in `checks.diff`, else none; rows are then matched as a whole.",
);

/** How long a stage may run, or a seed may take, where the file does not say. */
export const defaultTimeout = "10m";
const stepTimeoutSchema = durationSchema.meta({ default: defaultTimeout });

const querySchema = z
  .strictObject({
    name: nameSchema.describe("The dataset's name."),
    in: nameSchema.describe("The service that answers the query."),
    query: fileSchema("sql").meta({ description: "A file with one SELECT.", examples: ["queries/by-plan.sql"] }),
    key: datasetKeySchema.optional(),
  })
  .describe("The answer to a query as a dataset.");

const filesSourceSchema = z
  .strictObject({
    name: nameSchema.describe("The dataset's name."),
    files: filesSchema("parquet", "csv", "ndjson", "json").meta({
      description: "The files below the stage's `${output}` whose rows it is, together.",
      examples: ["*.parquet", "export.csv"],
    }),
    key: datasetKeySchema.optional(),
    types: z
      .record(z.string(), filledSchema)
      .optional()
      .meta({
        description: "The canonical types of columns of CSV and JSON. Without it: cells of CSV are text, and JSON is what it says.",
        examples: [{ id: "int64", amount: "decimal(12,2)" }],
      }),
  })
  .describe("Files that a stage leaves as a dataset.");

export const stageSchema = z
  .strictObject({
    ...program,
    needs: z
      .array(z.string())
      .optional()
      .describe("The stages that must have ended before this one starts. Without it: none; the order of the file holds."),
    reads: z
      .array(tableSchema)
      .optional()
      .meta({
        description:
          "The tables it reads: they tell a stage that is wrong from one that was handed wrong data. Without it: none; where a stage that it needs differs, nobody knows then which of its differences are its own.",
        examples: [["core.segments"]],
      }),
    writes: z
      .array(
        z.union([tableSchema, querySchema, filesSourceSchema], '"service.table", or a map with name, in and query, or with name and files'),
      )
      .optional()
      .meta({
        description:
          "What it writes: each is compared with its reference. A table that it moves and does not name is a finding. Without it: nothing.",
        examples: [
          [
            "core.counts",
            { name: "by-plan", in: "warehouse", query: "queries/by-plan.sql", key: ["plan"] },
            { name: "export", files: "*.parquet", key: ["id"] },
          ],
        ],
      }),
    timeout: stepTimeoutSchema.optional().describe("How long it may run. Then it is ended, and has failed."),
  })
  .describe("A program under test, which runs once.");

export const seedSchema = z
  .strictObject({
    into: targetSchema.meta({
      description: "A service for a .sql script, `service.table` for rows.",
      examples: ["core", "identities.identities"],
    }),
    from: z.union([fileSchema("sql", "ndjson", "jsonl", "json"), z.strictObject(program)], "the path of a file or a map with run").meta({
      description:
        "A file (.sql: statements; .ndjson, .jsonl, .json: rows), or a program that writes rows to its standard output, a JSON object a line.",
      examples: ["seeds/projects.sql", { run: ["node", "seeds/identities.ts"] }],
    }),
    after: z
      .union([z.string(), z.array(z.string()).min(1, "at least one stage")], "a stage or a list of stages")
      .optional()
      .describe("The stages after which it is put in, and before the stages that need them. Without it: before every stage."),
    timeout: stepTimeoutSchema.optional().describe("How long it may take. Then it has failed, and the rehearsal ends."),
  })
  .describe("Data that is put in.");

export const stagesSchema = z
  .record(nameSchema.meta({ title: "stage" }), stageSchema)
  .refine((stages) => Object.keys(stages).length > 0, "at least one stage")
  .meta({ minProperties: 1, description: "The programs under test, by name. They run one after another, in the order of `needs`." });

export type StageShape = z.infer<typeof stageSchema>;
export type SeedShape = z.infer<typeof seedSchema>;
export type WriteShape = NonNullable<StageShape["writes"]>[number];
