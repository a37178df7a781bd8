import { constants, openSync, rmSync } from "node:fs";
import { Socket } from "node:net";
import { writing } from "./not-writable.ts";
import { runTool } from "./run-tool.ts";

/** A pipe: what is written to the file descriptor arrives at the reader, which ends when the last writer has closed. */
export interface Fifo {
  readonly reader: Socket;
  readonly writeFd: number;
}

/**
 * Makes files that `openFifo` makes pipes of. Node's own pipes are sockets: a program could not open its /dev/stderr, and two outputs could not
 * share one. DIRECTORY_NOT_WRITABLE.
 */
export async function makeFifos(paths: readonly [string, ...string[]]): Promise<void> {
  const env = { PATH: process.env["PATH"] ?? "" };
  const made = await runTool({ command: { file: "mkfifo", args: ["-m", "600", ...paths], env, cwd: "/" }, timeoutMs: 10_000 });
  writing(paths[0], () => {
    if (made.code !== 0) throw new Error(made.stderr.trim());
  });
}

/** Opens both ends of a pipe by the file that was made for it, which is gone afterwards. DIRECTORY_NOT_WRITABLE. */
export function openFifo(path: string): Fifo {
  return writing(path, () => {
    try {
      const readFd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
      const writeFd = openSync(path, constants.O_WRONLY);
      return { reader: new Socket({ fd: readFd, readable: true, writable: false }), writeFd };
    } finally {
      rmSync(path, { force: true });
    }
  });
}
