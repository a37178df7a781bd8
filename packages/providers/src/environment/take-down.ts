import { rmSync } from "node:fs";
import { basename } from "node:path";
import { findProcesses } from "@rehearse/process";
import { readLedger } from "../ledger/read-ledger.ts";
import { possibleDirectories } from "./environment-directory.ts";
import { takeDownContainers } from "./take-down-containers.ts";
import { performTeardown, sumOf, type Teardown } from "./teardown.ts";

/**
 * Takes an environment down by its ledger (absolute path) and by the labels of its processes and containers, and deletes the ledger when nothing is left.
 * Can be done again, also at once, and when the ledger is gone. LEDGER_UNREADABLE.
 */
export async function takeDown(ledger: string): Promise<Teardown> {
  const id = basename(ledger, ".ndjson");
  const entries = readLedger(ledger)?.entries ?? [];
  const processes = entries.flatMap((entry) => (entry.kind === "process" && entry.state === "made" ? [entry.undo] : []));
  const directories = entries.filter((entry) => entry.kind === "directory");
  const containers = await takeDownContainers(id, entries);
  const rest = await performTeardown({
    find: () => findProcesses({ label: ({ environment }) => environment === id, identities: processes }),
    processes,
    directories: directories.flatMap(({ state, undo }) => (state === "made" ? [undo.path] : [])),
    possibleDirectories: [...directories.map(({ undo }) => undo.path), ...possibleDirectories(id)],
  });
  const teardown = sumOf([containers, rest]);
  if (teardown.left === 0) rmSync(ledger, { force: true });
  return teardown;
}
