import { getInput, saveState, setOutput } from "@actions/core";
import { owedCommentFile, readWorkflowRun, rehearseOnGitHub, runStep, stateFolder, writeLog } from "@rehearse/github";
import { interruptible } from "@rehearse/process";
import { readInputs } from "./inputs.ts";

/** Rehearses and reports; resolves to the exit code. What is needed to take everything down, and to say so, is saved before anything is made. */
export async function mainStep(): Promise<number> {
  using interruption = interruptible([process.stdout, process.stderr], () => writeLog("  already taking down, please wait"));
  const { signal } = interruption;
  return await runStep(signal, async () => {
    const inputs = readInputs(getInput);
    const run = await readWorkflowRun(process.env);
    const state = stateFolder({ temporary: run.temporary, keep: inputs.keep });
    saveState("state", state);
    saveState("keep", inputs.keep);
    const owed = owedCommentFile(run.temporary);
    saveState("owed", owed);
    process.env["REHEARSE_STATE"] = state;
    const { exitCode, outputs } = await rehearseOnGitHub({ ...inputs, run, owed, signal });
    for (const [name, value] of Object.entries(outputs)) setOutput(name, value);
    return exitCode;
  });
}
