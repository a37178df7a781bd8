import { postOwedComment, runStep, takeDownLeft } from "@rehearse/github";
import { interruptible } from "@rehearse/process";

/** What the main step saved, and the input that is needed again. */
export interface SavedState {
  readonly state: string;
  readonly keep: boolean;
  readonly owed: string;
  readonly token: string;
}

/** Takes down what the main step left by its death, and posts the comment that it owes; resolves to the exit code. An environment that was to be kept stays. */
export async function postStep({ state, keep, owed, token }: SavedState): Promise<number> {
  process.env["REHEARSE_STATE"] = state;
  using interruption = interruptible([process.stdout, process.stderr], () => {});
  const { signal } = interruption;
  return await runStep(signal, async () => {
    try {
      if (!keep) await takeDownLeft();
    } finally {
      await postOwedComment({ file: owed, token, signal });
    }
    return 0;
  });
}
