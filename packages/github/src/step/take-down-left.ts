import { existsSync, readdirSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { RehearseError } from "@rehearse/errors";
import { ledgerDirectory } from "@rehearse/providers";
import { takeDownEnvironments } from "@rehearse/rehearsal";
import { writeLog } from "../log/write-log.ts";

/** A main step that was told to end may still be at its own tear-down. */
const patienceMs = 10_000;

/**
 * Takes down what a main step left that was killed, by the ledgers of its state directory, and says so; silent where it left nothing.
 * TEARDOWN_INCOMPLETE where something could not be removed.
 */
export async function takeDownLeft(): Promise<void> {
  const until = performance.now() + patienceMs;
  const ended = new Map<string, Awaited<ReturnType<typeof takeDownEnvironments>>["ended"][number]>();
  while (ledgers().length > 0 && performance.now() < until) {
    for (const environment of (await takeDownEnvironments({ path: "", all: true })).ended) ended.set(environment.id, environment);
    if (ledgers().length > 0) await pause(500);
  }
  for (const { id, created, removed, left, leftovers } of ended.values()) {
    writeLog(`  ${left === 0 ? "✓" : "✗"} ${id} was left behind: created ${created} · removed ${removed} · left ${left}`);
    for (const leftover of leftovers) writeLog(`      left: ${leftover}`);
  }
  if (ledgers().length > 0) throw stillThere();
}

function ledgers(): string[] {
  const folder = ledgerDirectory();
  return existsSync(folder) ? readdirSync(folder) : [];
}

function stillThere(): RehearseError {
  return new RehearseError({
    code: "TEARDOWN_INCOMPLETE",
    message: "The rehearsal's environment could not be taken down whole.",
    expected: "nothing left",
    got: ledgers().join(", "),
    hint: `On a runner of your own, run \`REHEARSE_STATE=${ledgerDirectory()}/.. rehearse down --all\`. Others end with the job.`,
  });
}
