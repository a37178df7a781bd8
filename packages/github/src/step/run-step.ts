import { asForeseen, RehearseError, renderFailure } from "@rehearse/errors";
import { Interrupted } from "@rehearse/process";
import { annotation } from "../annotations/annotations-of.ts";
import { emitAnnotations } from "../annotations/emit-annotations.ts";
import { writeLog } from "../log/write-log.ts";
import { failureWords } from "./failure-words.ts";

/**
 * Runs what a step does to its exit code: 0, 1, 2, 3 or 70, as the command line has them, or 128 and the number of the signal that broke it off.
 * The one place where a failure becomes log, annotation and code.
 */
export async function runStep(signal: AbortSignal, step: () => Promise<number>): Promise<number> {
  try {
    return await step();
  } catch (error) {
    const thrown = asForeseen(error);
    const interruption: unknown = signal.reason;
    if (interruption instanceof Interrupted) {
      writeLog(`\n  ${interruption.message}`);
      // What else went wrong on the way down must not pass for the interruption.
      if (thrown !== interruption) tell(thrown);
      return interruption.exitCode;
    }
    tell(thrown);
    return thrown instanceof RehearseError ? thrown.exitCode : 70;
  }
}

function tell(thrown: unknown): void {
  writeLog(`\n${renderFailure(thrown)}`);
  const { code, message, hint } = failureWords(thrown);
  emitAnnotations([annotation({ level: "error", title: code, message: `${message}\n${hint}`, place: null })]);
}
