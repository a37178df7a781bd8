// The action's post step: the net for a main step that was killed.
import { getInput, getState } from "@actions/core";

const state = getState("state");
// Empty where the main step came to nothing.
if (state !== "") {
  const { postStep } = await import("./post-step.ts");
  process.exitCode = await postStep({ state, keep: getState("keep") === "true", owed: getState("owed"), token: getInput("token") });
}
