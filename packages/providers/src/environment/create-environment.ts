import { randomInt } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { RehearseError } from "@rehearse/errors";
import { type ProcessLabel, processIdentity, writing } from "@rehearse/process";
import { Ledger } from "../ledger/ledger.ts";
import type { LedgerHeader } from "../ledger/ledger-entry.ts";
import { environmentDirectory, markDirectory } from "./environment-directory.ts";
import { labelsOf } from "./environment-labels.ts";
import { takeDown } from "./take-down.ts";

/** A place of its own for one rehearsal. All paths are absolute. */
export interface Environment {
  /** Eight lower-case letters and digits, the first a letter. */
  readonly id: string;
  /** Other users may enter it, but not list it: an engine that runs as another user has a directory of its own in it. */
  readonly directory: string;
  /** HOME and TMPDIR of steps, and the place of logs; for our user only. */
  readonly home: string;
  readonly tmp: string;
  readonly logs: string;
  readonly ledger: Ledger;
  /** Carried by every process that is started for it. */
  readonly label: ProcessLabel;
  /** Carried by everything that a Docker engine makes for it. */
  readonly labels: Readonly<Record<string, string>>;
}

export interface EnvironmentRequest {
  readonly scenario: string;
  /** Absolute. */
  readonly scenarioDirectory: string;
  readonly mode: LedgerHeader["mode"];
  /** After how long `status` calls an environment that was left up expired. */
  readonly ttlSeconds: number;
}

/** Makes an empty environment, its ledger first. `takeDown(environment.ledger.file)` undoes it. DIRECTORY_NOT_WRITABLE leaves nothing. */
export async function createEnvironment(request: EnvironmentRequest): Promise<Environment> {
  const owner = processIdentity(process.pid);
  if (owner === null)
    throw new RehearseError({ code: "BUG", message: "This process is not in the process table.", hint: "Please report it." });
  const id = randomId();
  const header = { v: 1, id, ...request, owner, createdAt: new Date().toISOString() } as const;
  const ledger = Ledger.create(header);
  try {
    const directory = environmentDirectory(id);
    ledger.makeDirectory({ id: "environment", path: directory, mode: 0o711 });
    writing(directory, () => markDirectory({ path: directory, id, ledger: ledger.file }));
    const [home, tmp, logs] = [join(directory, "home"), join(directory, "tmp"), join(directory, "logs")];
    for (const path of [home, tmp, logs]) writing(path, () => mkdirSync(path, { mode: 0o700 }));
    const label = { environment: id, ledger: ledger.file };
    return { id, directory, home, tmp, logs, ledger, label, labels: labelsOf(header, ledger.file) };
  } catch (error) {
    await takeDown(ledger.file);
    throw error;
  }
}

function randomId(): string {
  const letters = "abcdefghijklmnopqrstuvwxyz";
  const pick = (from: string) => from.charAt(randomInt(from.length));
  return pick(letters) + Array.from({ length: 7 }, () => pick(`${letters}0123456789`)).join("");
}
