import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { endProcesses } from "./end-processes.ts";
import { findProcesses } from "./find-processes.ts";
import { launch, type ProcessEnd, type ProcessOwner } from "./launch.ts";
import { OutputTail } from "./output-tail.ts";
import { labelVariables, type ProcessLabel } from "./process-label.ts";
import type { ProgramCommand } from "./program-command.ts";
import { stopWhen } from "./stop-when.ts";

/** As much of either output as is kept: the end of it. */
const keptBytes = 4 * 1024 * 1024;
const graceMs = 500;
/** How long output may still come from a process that cannot be found. */
const lastOutputMs = 1_000;

export interface ToolRequest {
  readonly command: ProgramCommand;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Given when the tool works for one environment, so that it is found again whatever happens to us. */
  readonly label?: ProcessLabel | undefined;
  readonly owner?: ProcessOwner | undefined;
}

export interface ToolResult extends ProcessEnd {
  readonly timedOut: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs one of our own helper programs to its end, its process group with it. A non-zero exit is a value; PROCESS_NOT_STARTED where it does not
 * start; an abort rejects with the signal's reason.
 */
export async function runTool({ command, timeoutMs, signal, label, owner }: ToolRequest): Promise<ToolResult> {
  signal?.throwIfAborted();
  using stop = stopWhen({ timeoutMs, signal });
  const env = label === undefined ? command.env : { ...command.env, ...labelVariables(label) };
  const { identity, child, exited } = await launch({ command: { ...command, env }, stdio: ["ignore", "pipe", "pipe"], owner });
  const closed = once(child, "close");
  const [stdout, stderr] = [new OutputTail(keptBytes), new OutputTail(keptBytes)];
  child.stdout?.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr?.on("data", (chunk: Buffer) => stderr.push(chunk));

  const outcome = await Promise.race([exited.then(() => "ended" as const), stop.reason]);
  await endProcesses(() => findProcesses({ leader: identity }), { graceMs });
  await Promise.race([closed, sleep(lastOutputMs, undefined, { ref: false })]);
  child.stdout?.destroy();
  child.stderr?.destroy();
  signal?.throwIfAborted();
  return { ...(await exited), timedOut: outcome === "timeout", stdout: stdout.text(), stderr: stderr.text() };
}
