import { z } from "zod";

/** What the datasets of a run are compared with. */
export const againstSchema = z.discriminatedUnion("kind", [
  /** The accepted references in the scenario's folder. */
  z.strictObject({ kind: z.literal("stored") }),
  /** What another run of the scenario wrote. */
  z.strictObject({ kind: z.literal("run"), run: z.string() }),
  /** What the scenario writes at a commit, rehearsed before this run on the same seeds. */
  z.strictObject({
    kind: z.literal("revision"),
    /** What was asked for: `base`, or a revision as git knows it. */
    asked: z.string(),
    /** In words: `merge base with origin/main`, `v1.2`. */
    name: z.string(),
    commit: z.string(),
    /** Why there it came to no datasets at all; null where it was rehearsed. */
    failure: z.string().nullable(),
    /** Whether it was rehearsed twice, so that what differs by itself is known. */
    noise: z.boolean(),
    /** What a reader must know of how it was rehearsed. */
    notes: z.array(z.string()),
  }),
]);
export type Against = z.infer<typeof againstSchema>;
export type AgainstRevision = Extract<Against, { kind: "revision" }>;
