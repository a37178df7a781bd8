import { z } from "zod";

/** A run of one stage alone: what went before it, and what was loaded in place of the stages before it. */
export const singleStageSchema = z.strictObject({
  stage: z.string(),
  /** The seeds and stages that ran before it, in their order. */
  ran: z.array(z.string()),
  /** The tables that were loaded, with the stage that had written each of them in the reference. */
  loaded: z.array(z.strictObject({ stage: z.string(), dataset: z.string(), rows: z.int().nonnegative() })),
});
export type SingleStage = z.infer<typeof singleStageSchema>;
