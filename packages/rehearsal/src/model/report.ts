import { z } from "zod";
import { assertionDetails } from "./assertion-detail.ts";
import { diffDetailSchema } from "./diff-detail.ts";
import { runSchema, teardownSchema } from "./run.ts";
import { verdictSchema } from "./verdict.ts";

const count = z.int().nonnegative();

/** A table that moved although the stage does not declare it. */
const writesDetailSchema = z.strictObject({
  kind: z.literal("writes"),
  rows: z.strictObject({ before: count, after: count }),
});

/** A rule of expected differences that is at fault itself. */
const expectDetailSchema = z.strictObject({
  kind: z.literal("expect"),
  dataset: z.string(),
  owner: z.string(),
  matched: count,
  limit: count,
  expires: z.string(),
});

/** A rule of `checks.diff` that is of no use. */
const ruleDetailSchema = z.strictObject({ kind: z.literal("rule"), dataset: z.string() });

/** How a stage that failed ended. */
const stageDetailSchema = z.strictObject({
  kind: z.literal("stage"),
  exitCode: z.int().nullable(),
  signal: z.string().nullable(),
  timedOut: z.boolean(),
  /** The last lines it wrote, standard output and error together. */
  output: z.string(),
});

const checkSchema = z.strictObject({
  /** The dataset (`core.orders`), the reason of an expected difference, the rule of a dataset (`ignore: updated_at`), the assertion's name, the table, or the stage. */
  name: z.string(),
  kind: z.enum(["diff", "expect", "rule", "assert", "writes", "stage"]),
  /** The stage after which it was checked; empty where files were compared without any rehearsal. */
  stage: z.string(),
  verdict: verdictSchema,
  /** Null where rows were not compared. */
  counts: z.strictObject({ reference: count, current: count, added: count, removed: count, changed: count }).nullable(),
  /** One sentence: why not compared, why failed; empty where the counts say it all. */
  reason: z.string(),
  /** The next command or place to look, or empty. */
  hint: z.string(),
  /** Where the check stands in rehearse.yml, from 1. */
  line: z.int().positive(),
  detail: z
    .discriminatedUnion("kind", [
      diffDetailSchema,
      ...assertionDetails,
      expectDetailSchema,
      ruleDetailSchema,
      writesDetailSchema,
      stageDetailSchema,
    ])
    .nullable(),
});
export type Check = z.infer<typeof checkSchema>;

/** Where the data departs from the reference: `own` when everything the stage read equals its reference. */
const divergenceSchema = z.strictObject({
  stage: z.string(),
  /** Exactly one of these two is not null. A failed stage is its own `assertion`: "exits with 0". */
  dataset: z.string().nullable(),
  assertion: z.string().nullable(),
  origin: z.enum(["own", "downstream"]),
  /** The differing datasets it read, as `stage/dataset`. */
  via: z.array(z.string()),
});
export type Divergence = z.infer<typeof divergenceSchema>;

const stageReportSchema = z.strictObject({
  name: z.string(),
  verdict: verdictSchema,
  /** Null where it was not measured: the stage did not run, or the platform has no such counter. */
  wallMs: z.number().nonnegative().nullable(),
  cpuMs: z.number().nonnegative().nullable(),
  maxRssBytes: count.nullable(),
  exitCode: z.int().nullable(),
  needs: z.array(z.string()),
  /** Each as it stood when the stage started, and whether that is what it was when the references were accepted. */
  reads: z.array(z.strictObject({ dataset: z.string(), rows: count.nullable(), verdict: z.enum(["same", "different", "not compared"]) })),
  writes: z.array(z.strictObject({ dataset: z.string(), rows: count.nullable(), verdict: verdictSchema })),
});

export const reportSchema = z.strictObject({
  version: z.literal(1),
  scenario: z.string(),
  run: z.string(),
  startedAt: z.string(),
  wallMs: z.number().nonnegative(),
  /** What was rehearsed, as the run has it; null also where two files were compared. */
  commit: runSchema.shape.commit,
  /** For two files that were compared without any rehearsal, the path of the one. */
  against: z.union([runSchema.shape.against, z.strictObject({ kind: z.literal("file"), path: z.string() })]),
  only: runSchema.shape.only,
  verdict: verdictSchema,
  checks: z.array(checkSchema),
  divergences: z.array(divergenceSchema),
  firstDivergence: divergenceSchema.nullable(),
  stages: z.array(stageReportSchema),
  seeds: z.array(z.strictObject({ name: z.string(), into: z.string(), rows: count, digest: z.string() })),
  /** Null until the environment was taken down. */
  teardown: teardownSchema.nullable(),
  provider: runSchema.shape.provider,
  /** What the file says is ignored or cannot be compared, and anything else a reader must know. */
  notes: z.array(z.string()),
  /** Commands to copy, relative to where rehearse was called. */
  next: z.strictObject({ reproduce: z.string(), keep: z.string(), accept: z.string() }),
});
export type Report = z.infer<typeof reportSchema>;
