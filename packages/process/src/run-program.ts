import { setTimeout as sleep } from "node:timers/promises";
import { RehearseError } from "@rehearse/errors";
import { endProcesses } from "./end-processes.ts";
import { findProcesses, type RunningProcess } from "./find-processes.ts";
import { launch, launchedExits, launchErrorCode } from "./launch.ts";
import { waitedChildrenCpuMs } from "./linux-process-table.ts";
import { type FoundLabel, labelVariables, type ProcessLabel } from "./process-label.ts";
import type { ProgramCommand } from "./program-command.ts";
import { type OutputRequest, ProgramOutput } from "./program-output.ts";
import { stopWhen } from "./stop-when.ts";
import { TreeWatch } from "./tree-watch.ts";

/** From SIGTERM to SIGKILL. */
const graceMs = 400;
/** What a program left running may end by itself for so long, such as a `tee` that it wrote through. */
const settleMs = 200;

export interface ProgramRequest extends OutputRequest {
  readonly command: ProgramCommand;
  /** With its step: what carries both is ended with the program. */
  readonly label: ProcessLabel & { readonly step: string };
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** How a program ended. Its whole process tree has ended with it. */
export interface Finished {
  /** As a shell would say: 127 when there is no such program, 126 when it cannot be executed. Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly timedOut: boolean;
  readonly aborted: boolean;
  readonly wallMs: number;
  /** User and system time, children included; null where it was not measured: no /proc, or another child of this process ended meanwhile. */
  readonly cpuMs: number | null;
  /** Peak of the memory its processes held, sampled; null where it was not measured. */
  readonly maxRssBytes: number | null;
  /** The last 64 KiB of what it wrote, standard output and error in the order written. */
  readonly output: string;
  /** The commands of processes it left running, which were ended. */
  readonly strays: readonly string[];
}

/**
 * Runs a program under test to its end, the time limit or the abort, whichever comes first, and ends every process that it started: by ancestry,
 * process group, session and label. Failures of the program are values. Rejects with DIRECTORY_NOT_WRITABLE for the log, PROCESS_NOT_STARTED when
 * the machine cannot start processes, and whatever `stdout` fails with.
 */
export async function runProgram(request: ProgramRequest): Promise<Finished> {
  const { command, label, timeoutMs, signal } = request;
  await using output = await ProgramOutput.open(request);
  if (signal?.aborted === true) return { ...neverRan, exitCode: null, aborted: true };

  const env = { ...command.env, ...labelVariables(label) };
  const before = { cpuMs: waitedChildrenCpuMs(), exits: launchedExits(), time: performance.now() };
  const launched = await launch({ command: { ...command, env }, stdio: output.stdio }).catch(shellExitCode);
  if (typeof launched === "number") {
    await output.note(
      `rehearse: ${command.file}: ${launched === 127 ? "not found" : "cannot be executed"} (PATH is ${env["PATH"] ?? "not set"})`,
    );
    return { ...neverRan, exitCode: launched, output: await output.complete() };
  }

  const { identity } = launched;
  using stop = stopWhen({ timeoutMs, signal });
  using tree = new TreeWatch(identity);
  const exited = launched.exited.then((end) => ({ ...end, wallMs: performance.now() - before.time, waitedMs: waitedChildrenCpuMs() }));
  const unwritable = output.read().then(() => new Promise<never>(() => undefined));
  const outcome = await Promise.race([exited.then(() => "ended" as const), stop.reason, unwritable.catch(() => "unwritable" as const)]);

  const find = () => {
    const found = findProcesses({ label: (other) => isSame(other, label), identities: tree.identities, leader: identity });
    tree.note(found);
    return found;
  };
  const gone = outcome === "ended" && (await endedByThemselves(find));
  const { found, left } = gone ? { found: [], left: [] } : await endProcesses(find, { graceMs });
  if (left.length > 0) throw notEnded(left);

  const { code, signal: endSignal, wallMs, waitedMs } = await exited;
  const alone = launchedExits() === before.exits + 1;
  return {
    exitCode: code,
    signal: endSignal,
    timedOut: outcome === "timeout",
    aborted: outcome === "abort",
    wallMs,
    output: await output.complete(),
    cpuMs: alone && waitedMs !== null && before.cpuMs !== null ? waitedMs - before.cpuMs + tree.strayCpuMs : null,
    maxRssBytes: tree.maxRssBytes,
    strays: outcome === "ended" ? found.map((stray) => stray.command) : [],
  };
}

const neverRan: Omit<Finished, "exitCode"> = {
  signal: null,
  timedOut: false,
  aborted: false,
  wallMs: 0,
  cpuMs: null,
  maxRssBytes: null,
  output: "",
  strays: [],
};

const isSame = (one: FoundLabel, other: ProcessLabel): boolean => one.environment === other.environment && one.step === other.step;

/** What a shell exits with where a command did not start for a fault of its own; other failures are the machine's. */
function shellExitCode(error: unknown): 126 | 127 {
  const code = launchErrorCode(error);
  if (code === "ENOENT") return 127;
  if (code === "EACCES" || code === "ENOEXEC" || code === "ENOTDIR" || code === "ELOOP") return 126;
  throw error;
}

async function endedByThemselves(find: () => readonly RunningProcess[]): Promise<boolean> {
  for (const began = performance.now(); performance.now() - began < settleMs; await sleep(15)) if (find().length === 0) return true;
  return false;
}

function notEnded(left: readonly RunningProcess[]): RehearseError {
  return new RehearseError({
    code: "TEARDOWN_INCOMPLETE",
    message: `Processes of a step go on although they were killed: ${left.map(({ pid, command }) => `${pid} (${command})`).join(", ")}.`,
    hint: "They may wait for a disk or belong to another user: end them by hand, then run `rehearse down`.",
  });
}
