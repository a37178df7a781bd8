import { z } from "zod";
import { againstSchema } from "./against.ts";
import { assertionFactSchema } from "./assertion-fact.ts";
import { singleStageSchema } from "./single-stage.ts";

const count = z.int().nonnegative();
const milliseconds = z.number().nonnegative();

/** A dataset by its digest: what was there, whatever became of the bytes. */
const datasetFact = z.strictObject({ dataset: z.string(), rows: count, digest: z.string() });

const seedFact = z.strictObject({
  kind: z.literal("seed"),
  name: z.string(),
  into: z.string(),
  /** Rows put in; statements for a script. */
  rows: count,
  /** SHA-256 of the bytes that were put in. */
  digest: z.string(),
  wallMs: milliseconds,
});

const stageFact = z.strictObject({
  kind: z.literal("stage"),
  name: z.string(),
  wallMs: milliseconds,
  /** Null where the platform has no such counter. */
  cpuMs: milliseconds.nullable(),
  maxRssBytes: count.nullable(),
  exitCode: z.int().nullable(),
  signal: z.string().nullable(),
  timedOut: z.boolean(),
  /** The last lines it wrote; secrets of the environment are masked. */
  output: z.string(),
  /** Processes it left running; they were ended. */
  strays: z.array(z.string()),
  /** Each declared read as it stood when the stage started. */
  reads: z.array(datasetFact),
  /** Each declared write as it stood when the stage had ended; empty when the stage failed. */
  writes: z.array(
    datasetFact.extend({
      /** Relative to the run's. */
      directory: z.string(),
      /** The algorithm of the engine's digest that was the reference's: the table was not read, and the reference's rows stand for its own. */
      vouched: z.string().optional(),
    }),
  ),
  /** Declared writes that could not be read: a table that is not there, a query that gets no answer. */
  unread: z.array(z.strictObject({ dataset: z.string(), missing: z.boolean(), reason: z.string() })),
  /** Tables that moved although the stage does not declare them. */
  undeclared: z.array(z.strictObject({ dataset: z.string(), rowsBefore: count, rowsAfter: count })),
  /** Files below its output folder that neither a dataset nor an assertion names. */
  unnamed: z.array(z.string()).default([]),
});

export const teardownSchema = z.strictObject({
  created: count,
  removed: count,
  left: count,
  /** True where the user asked to keep the environment. */
  kept: z.boolean(),
  /** What is left, in words. */
  leftovers: z.array(z.string()),
});

/** The facts of one rehearsal: what ran, what it wrote and what it answered. No judgement. */
export const runSchema = z.strictObject({
  version: z.literal(1),
  id: z.string(),
  scenario: z.string(),
  environment: z.string(),
  startedAt: z.iso.datetime(),
  wallMs: milliseconds,
  /** The commit that was rehearsed, with `+changes` where files differed from it; null outside a repository. */
  commit: z.string().nullable(),
  provider: z.strictObject({
    name: z.string(),
    reason: z.string(),
    engines: z.array(z.strictObject({ service: z.string(), engine: z.string(), title: z.string(), version: z.string() })),
  }),
  against: againstSchema,
  /** Null where the whole scenario ran. */
  only: singleStageSchema.nullable(),
  /** In the order in which they ran; what is missing did not run. */
  steps: z.array(z.discriminatedUnion("kind", [seedFact, stageFact])),
  assertions: z.array(assertionFactSchema),
  teardown: teardownSchema.nullable(),
});

export type Run = z.infer<typeof runSchema>;
export type StageFact = z.infer<typeof stageFact>;
export type SeedFact = z.infer<typeof seedFact>;
export type Teardown = z.infer<typeof teardownSchema>;
