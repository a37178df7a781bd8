import { randomInt } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { RehearseError } from "@rehearse/errors";
import { type ProcessLabel, processIdentity, writing } from "@rehearse/process";
import { Ledger } from "../ledger/ledger.ts";
import type { LedgerHeader } from "../ledger/ledger-entry.ts";
import { dataDirectory, environmentDirectory, markDirectory } from "./environment-directory.ts";
import { labelsOf } from "./environment-labels.ts";
import { takeDown } from "./take-down.ts";

/** A place of its own for one rehearsal. All paths are absolute. */
export interface Environment {
  /** Eight lower-case letters and digits, the first a letter. */
  readonly id: string;
  /** Other users may enter it, but not list it. */
  readonly directory: string;
  /** Makes the place of the servers' own directories, once; it may lie in memory. Others may enter it: an engine may run as another user. */
  readonly makeData: () => string;
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
    makeMarked({ ledger, id, name: "environment", path: directory });
    const [home, tmp, logs] = [join(directory, "home"), join(directory, "tmp"), join(directory, "logs")];
    for (const path of [home, tmp, logs]) writing(path, () => mkdirSync(path, { mode: 0o700 }));
    const label = { environment: id, ledger: ledger.file };
    let data: string | undefined;
    const makeData = (): string => (data ??= makeDataDirectory({ ledger, id }) ?? directory);
    return { id, directory, makeData, home, tmp, logs, ledger, label, labels: labelsOf(header, ledger.file) };
  } catch (error) {
    await takeDown(ledger.file);
    throw error;
  }
}

function makeDataDirectory({ ledger, id }: { readonly ledger: Ledger; readonly id: string }): string | null {
  const path = dataDirectory(id);
  if (path !== null) makeMarked({ ledger, id, name: "data", path });
  return path;
}

interface MarkedPlace {
  readonly ledger: Ledger;
  readonly id: string;
  /** In the ledger. */
  readonly name: string;
  readonly path: string;
}

function makeMarked({ ledger, id, name, path }: MarkedPlace): void {
  ledger.makeDirectory({ id: name, path, mode: 0o711 });
  writing(path, () => markDirectory({ path, id, ledger: ledger.file }));
}

function randomId(): string {
  const letters = "abcdefghijklmnopqrstuvwxyz";
  const pick = (from: string) => from.charAt(randomInt(from.length));
  return pick(letters) + Array.from({ length: 7 }, () => pick(`${letters}0123456789`)).join("");
}
