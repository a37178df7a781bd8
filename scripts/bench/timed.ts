import { spawn } from "node:child_process";
import { once } from "node:events";

export interface TimedCommand {
  readonly argv: readonly [string, ...string[]];
  readonly env?: Readonly<Record<string, string>>;
  /** The exit code that it must have; 0 where it is left out. */
  readonly exitCode?: number;
  /** What is timed: all of it, or until it says its first word. */
  readonly until?: "end" | "first output";
}

/** How long a command takes, in milliseconds. Fails where it does not end as it should. */
export async function timed({ argv: [file, ...args], env = {}, exitCode = 0, until = "end" }: TimedCommand): Promise<number> {
  const start = performance.now();
  const child = spawn(file, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  const words: string[] = [];
  let firstMs: number | undefined;
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      firstMs ??= performance.now() - start;
      words.push(chunk.toString());
    });
  }
  await once(child, "close");
  const endMs = performance.now() - start;
  if (child.exitCode !== exitCode)
    throw new Error(`${[file, ...args].join(" ")} ended with ${child.exitCode}, not ${exitCode}:\n${words.join("")}`);
  return until === "end" ? endMs : (firstMs ?? endMs);
}

/** The middle of some figures. */
export function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
