import { asForeseen, messageOf, RehearseError } from "@rehearse/errors";
import { Interrupted } from "@rehearse/process";
import type { BrokenOff } from "@rehearse/report";

/** A failure in the words that a reader of GitHub gets. */
export function failureWords(thrown: unknown): BrokenOff["failure"] & { readonly code: string } {
  const failure = asForeseen(thrown);
  if (failure instanceof RehearseError) return failure;
  return { code: "BUG", message: messageOf(thrown), hint: "The log has the stack: please report it." };
}

/** Why a rehearsal came to no verdict. What else goes wrong on the way down does not pass for the interruption. */
export function breakOffWords(thrown: unknown, signal: AbortSignal): BrokenOff["failure"] {
  const interruption: unknown = signal.reason;
  if (!(interruption instanceof Interrupted)) return failureWords(thrown);
  return { code: null, message: `The step was ${interruption.message}.`, hint: "Run the job again." };
}

/** What holds of a step that had no time to say anything. */
export const killedWords: BrokenOff["failure"] = {
  code: null,
  message: "The step was killed before it came to a verdict.",
  hint: "Read the end of the log of the step, then run the job again.",
};
