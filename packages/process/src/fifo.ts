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
 * Makes a pipe by way of a file at `path`, which is gone again when this resolves. Node's own pipes are sockets: a program could not open its
 * /dev/stderr, and two outputs could not share one.
 */
export async function openFifo(path: string): Promise<Fifo> {
  const env = { PATH: process.env["PATH"] ?? "" };
  const made = await runTool({ command: { file: "mkfifo", args: ["-m", "600", path], env, cwd: "/" }, timeoutMs: 10_000 });
  return writing(path, () => {
    if (made.code !== 0) throw new Error(made.stderr.trim());
    try {
      const readFd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
      const writeFd = openSync(path, constants.O_WRONLY);
      return { reader: new Socket({ fd: readFd, readable: true, writable: false }), writeFd };
    } finally {
      rmSync(path, { force: true });
    }
  });
}
