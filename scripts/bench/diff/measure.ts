import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";

/** What a program took: wall and processor time in seconds, the most memory that it held in megabytes; and what it said. */
export interface Measured {
  readonly seconds: number;
  readonly processor: number;
  readonly megabytes: number;
  readonly output: string;
}

/** Runs a program to its end and measures the whole process, from the outside. Fails where it ends with another code than these. */
export async function measure(argv: readonly [string, ...string[]], codes: readonly number[] = [0]): Promise<Measured> {
  const [file, ...args] = argv;
  const start = performance.now();
  const child = spawn(file, args, { stdio: ["ignore", "pipe", "pipe"] });
  const words: string[] = [];
  const errors: string[] = [];
  child.stdout.on("data", (chunk: Buffer) => words.push(chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => errors.push(chunk.toString()));
  let ended = false;
  const end = once(child, "close").then(() => (ended = true));
  let seen = { processor: 0, megabytes: 0 };
  while (!ended) {
    seen = (child.pid === undefined ? null : await look(child.pid)) ?? seen;
    await Promise.race([end, wait(10)]);
  }
  const seconds = (performance.now() - start) / 1000;
  if (!codes.includes(child.exitCode ?? -1)) throw new Error(`${argv.join(" ")} ended with ${child.exitCode}:\n${errors.join("")}`);
  return { seconds, ...seen, output: words.join("") };
}

/** What Linux knows of a process; null where it is gone. A hundredth of a second at its end is missed. */
async function look(pid: number): Promise<{ processor: number; megabytes: number } | null> {
  try {
    const [status, stat] = await Promise.all([readFile(`/proc/${pid}/status`, "utf8"), readFile(`/proc/${pid}/stat`, "utf8")]);
    const peak = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
    const ticks = stat
      .slice(stat.lastIndexOf(")") + 2)
      .split(" ")
      .slice(11, 13)
      .map(Number);
    return peak === undefined ? null : { processor: ticks.reduce((sum, each) => sum + each, 0) / 100, megabytes: Number(peak) / 1024 };
  } catch {
    return null;
  }
}
