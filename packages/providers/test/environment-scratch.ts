import { type ChildProcessByStdio, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";

/** A state directory and a temporary directory of a test's own, which are this process's while it lasts. */
export class EnvironmentScratch implements AsyncDisposable {
  readonly directory = realpathSync(mkdtempSync(join(tmpdir(), "rehearse-environment-")));
  readonly state = join(this.directory, "state");
  readonly tmp = join(this.directory, "tmp");
  readonly #before = { REHEARSE_STATE: process.env["REHEARSE_STATE"], TMPDIR: process.env["TMPDIR"] };

  constructor() {
    mkdirSync(this.tmp);
    process.env["REHEARSE_STATE"] = this.state;
    process.env["TMPDIR"] = this.tmp;
  }

  /** Starts the program that makes an environment; `death` is what it says as its last. */
  start({ mode = "test", death = "" }: { mode?: "test" | "up"; death?: string } = {}): ChildProcessByStdio<null, Readable, null> {
    const program = join(import.meta.dirname, "programs", "environment-maker.ts");
    return spawn(process.execPath, [program, mode, death], { stdio: ["ignore", "pipe", "inherit"] });
  }

  /** The ledgers of the state directory. */
  ledgers(): string[] {
    const folder = join(this.state, "environments");
    return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
  }

  /** What is there of environments, found without any code of the product: processes, directories, ledgers. */
  census(): { processes: string[]; directories: string[]; ledgers: string[] } {
    const processes = readdirSync("/proc").filter(
      (pid) => /^\d+$/.test(pid) && variablesOf(pid).includes(`REHEARSE_LEDGER=${this.state}/`),
    );
    return { processes, directories: readdirSync(this.tmp), ledgers: this.ledgers() };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const pid of this.census().processes) process.kill(Number(pid), "SIGKILL");
    for (const [name, value] of Object.entries(this.#before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    await rm(this.directory, { recursive: true, maxRetries: 5 });
  }
}

/** The environment of a process that has not ended; those of others cannot be read. */
function variablesOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, "latin1");
  } catch {
    return "";
  }
}

/** Waits until a program has said a thing. */
export async function says(child: ChildProcessByStdio<null, Readable, null>, wanted: string): Promise<void> {
  let said = "";
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    said += String(chunk);
    if (said.includes(`${wanted}\n`)) return;
  }
  throw new Error(`it ended and only said: ${said}`);
}

export const nothing = { processes: [], directories: [], ledgers: [] };
