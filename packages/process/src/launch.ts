import { type ChildProcess, spawn, type StdioOptions } from "node:child_process";
import { existsSync } from "node:fs";
import { messageOf, RehearseError } from "@rehearse/errors";
import type { ProgramCommand } from "./program-command.ts";
import { type ProcessIdentity, processIdentity } from "./process-identity.ts";

/** How a process ended: exactly one of the two is not null. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: string | null;
}

/** Another user to run a program as. */
export interface ProcessOwner {
  readonly uid: number;
  readonly gid: number;
}

interface Launched {
  readonly identity: ProcessIdentity;
  readonly child: ChildProcess;
  readonly exited: Promise<ProcessEnd>;
}

interface LaunchRequest {
  readonly command: ProgramCommand;
  readonly stdio: StdioOptions;
  readonly owner?: ProcessOwner | undefined;
  /** It stays in our process group and session, as what a terminal talks to has to. */
  readonly foreground?: boolean;
}

let exits = 0;

/** How many processes launched here have ended so far. */
export const launchedExits = (): number => exits;

/** Starts a program, unless told otherwise as the first of a process group and session of its own. PROCESS_NOT_STARTED, with the system's error as cause. */
export async function launch({ command, stdio, owner, foreground = false }: LaunchRequest): Promise<Launched> {
  const child = trySpawn(command, { env: command.env, cwd: command.cwd, stdio, detached: !foreground, ...owner });
  const exited = new Promise<ProcessEnd>((resolve) => {
    child.once("exit", (code, signal) => {
      exits += 1;
      resolve({ code, signal });
    });
  });
  // An ended process is collected in the next turn of the event loop at the earliest: until then its start time can be read.
  const identity = child.pid === undefined ? null : processIdentity(child.pid);
  await new Promise<void>((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", (error) => reject(notStarted(command, error)));
  });
  if (identity === null) throw notStarted(command, "it cannot be found in the process table");
  return { identity, child, exited };
}

/** The system's error for a program that did not start, such as ENOENT; undefined for other failures. */
export function launchErrorCode(error: unknown): string | undefined {
  if (!(error instanceof RehearseError) || error.code !== "PROCESS_NOT_STARTED") return undefined;
  const { cause } = error;
  return cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
}

function trySpawn(command: ProgramCommand, options: Parameters<typeof spawn>[2]): ChildProcess {
  try {
    return spawn(command.file, command.args, options);
  } catch (error) {
    throw notStarted(command, error);
  }
}

function notStarted({ file, cwd, env }: ProgramCommand, cause: unknown): RehearseError {
  const folder = existsSync(cwd);
  return new RehearseError({
    code: "PROCESS_NOT_STARTED",
    message: folder
      ? `The program "${file}" did not start.`
      : `The program "${file}" did not start: its working directory ${cwd} does not exist.`,
    got: messageOf(cause),
    hint: folder
      ? `Make sure that it is installed and executable. PATH is ${env["PATH"] ?? "not set"}.`
      : "Make the directory, or start again.",
    cause: folder ? cause : undefined,
  });
}
