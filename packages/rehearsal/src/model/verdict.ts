import { z } from "zod";

/** What a check, and a whole rehearsal, has to say. */
export const verdictSchema = z.enum(["same", "expected", "different", "not compared", "inconclusive", "failed"]);
export type Verdict = z.infer<typeof verdictSchema>;
