import { constants } from "node:os";
import { Interrupted } from "./interruption.ts";
import { launch } from "./launch.ts";
import type { ProgramCommand } from "./program-command.ts";

/**
 * Runs a program of the user's, to which our input, output and terminal belong while it runs, and resolves to its exit code: as a shell tells it,
 * 128 and the signal's number where one ended it. An interruption is its to obey. PROCESS_NOT_STARTED.
 */
export async function runInForeground(command: ProgramCommand, signal: AbortSignal): Promise<number> {
  const { child, exited } = await launch({ command, stdio: "inherit", foreground: true });
  const passOn = (): void => {
    const { reason } = signal;
    // A terminal has sent its Ctrl-C to the program as well.
    if (reason instanceof Interrupted && !(reason.signal === "SIGINT" && process.stdin.isTTY)) child.kill(reason.signal);
  };
  signal.addEventListener("abort", passOn);
  try {
    if (signal.aborted) passOn();
    const { code, signal: ending } = await exited;
    return code ?? 128 + numberOf(ending);
  } finally {
    signal.removeEventListener("abort", passOn);
  }
}

function numberOf(signal: string | null): number {
  return Object.entries(constants.signals).find(([name]) => name === signal)?.[1] ?? 0;
}
