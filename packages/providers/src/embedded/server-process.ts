import { readFile } from "node:fs/promises";
import { messageOf, RehearseError } from "@rehearse/errors";
import { startServer, type ProcessIdentity, type ProcessOwner } from "@rehearse/process";
import type { EmbeddedPlan, Engine } from "@rehearse/services";
import type { Environment } from "../environment/create-environment.ts";

export interface ServerStart {
  readonly engine: Engine;
  readonly service: string;
  readonly plan: EmbeddedPlan;
  readonly environment: Environment;
  /** Unique among the processes of the environment. */
  readonly id: string;
  readonly owner: ProcessOwner | undefined;
}

export interface ServerProcess {
  readonly identity: ProcessIdentity;
  readonly logFile: string;
  /** Aborted, with an ENGINE_LOST, when the process ends. */
  readonly lost: AbortSignal;
}

/** Starts the server's process, written down in the environment's ledger before and after. */
export async function startProcess({ engine, service, plan, environment, id, owner }: ServerStart): Promise<ServerProcess> {
  const logFile = `${environment.logs}/${id}.log`;
  const label = { ...environment.label, service };
  // The root directory is open to every user; servers are told all their paths.
  const command = { ...plan.server, cwd: "/" };
  const started = await environment.ledger.makeProcess({ id, service }, () => startServer({ command, label, logFile, owner }));
  const lost = new AbortController();
  void started.exited.then(async ({ code, signal }) => {
    lost.abort(
      new RehearseError({
        code: "ENGINE_LOST",
        message: `${engine.title} (service "${service}") ended by itself: ${signal === null ? `exit code ${code}` : signal}.`,
        hint: "What it wrote last says why; it may have run out of memory or disk.",
        details: await logTail(logFile),
      }),
    );
  });
  return { identity: started, logFile, lost: lost.signal };
}

const tailLines = 20;

/** The whole log, empty where there is none (any more). */
export async function readLog(logFile: string): Promise<string> {
  try {
    return await readFile(logFile, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    // A log is evidence for something else that went wrong: that must be told, whatever becomes of the evidence.
    return `the log ${logFile} cannot be read: ${messageOf(error)}`;
  }
}

/** The last lines of a log, as evidence in an error. */
export async function logTail(logFile: string): Promise<string> {
  return (await readLog(logFile)).trim().split("\n").slice(-tailLines).join("\n");
}
