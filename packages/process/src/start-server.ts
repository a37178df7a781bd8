import { closeSync, openSync } from "node:fs";
import { launch, type ProcessEnd, type ProcessOwner } from "./launch.ts";
import { writing } from "./not-writable.ts";
import { labelVariables, type ProcessLabel } from "./process-label.ts";
import type { ProgramCommand } from "./program-command.ts";
import type { ProcessIdentity } from "./process-identity.ts";

export interface ServerRequest {
  readonly command: ProgramCommand;
  /** With its service. */
  readonly label: ProcessLabel & { readonly service: string };
  /** Absolute; what the server writes to standard output and error is appended. */
  readonly logFile: string;
  /** Another user to run it as; undefined: ours. */
  readonly owner?: ProcessOwner | undefined;
}

export interface ServerProcess extends ProcessIdentity {
  /** Settles when the server ends, as long as this process lives. */
  readonly exited: Promise<ProcessEnd>;
}

/**
 * Starts a server that lives on when this process ends, with the label in its environment variables. PROCESS_NOT_STARTED; DIRECTORY_NOT_WRITABLE
 * for the log. Whoever calls this has written down that it will (see the ledger), and ends it by `endProcesses`.
 */
export async function startServer({ command, label, logFile, owner }: ServerRequest): Promise<ServerProcess> {
  const log = writing(logFile, () => openSync(logFile, "a"));
  try {
    const env = { ...command.env, ...labelVariables(label) };
    const { identity, child, exited } = await launch({ command: { ...command, env }, stdio: ["ignore", log, log], owner });
    child.unref();
    return { ...identity, exited };
  } finally {
    closeSync(log);
  }
}
