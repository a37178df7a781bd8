import { mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cleanEnvironment, endProcesses, findProcesses, type Finished, type ProgramRequest, runProgram } from "../src/index.ts";

const programs = join(import.meta.dirname, "programs");

/** A program of `test/programs`, as words to run. */
export const program = (name: string, ...args: string[]): [string, ...string[]] => [process.execPath, join(programs, name), ...args];

/** A directory and a label of a test's own. The ledger is there, so that no sweep takes the test's processes for orphans. */
export class Scratch implements AsyncDisposable {
  readonly directory = realpathSync(mkdtempSync(join(tmpdir(), "rehearse-process-")));
  readonly label = { environment: crypto.randomUUID(), ledger: this.path("ledger.ndjson"), step: "the step" };

  constructor() {
    writeFileSync(this.label.ledger, "");
  }

  path(name: string): string {
    return join(this.directory, name);
  }

  command([file, ...args]: readonly [string, ...string[]], declared: Record<string, string> = {}) {
    return { file, args, env: cleanEnvironment({ home: this.directory, tmp: this.directory, declared }), cwd: this.directory };
  }

  async run(words: readonly [string, ...string[]], more: Partial<ProgramRequest> = {}): Promise<Finished> {
    const request = { command: this.command(words), label: this.label, logFile: this.path("log"), timeoutMs: 30_000 };
    return await runProgram({ ...request, ...more });
  }

  /** All processes that carry the label. */
  processes() {
    return findProcesses({ label: ({ environment }) => environment === this.label.environment });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await endProcesses(() => this.processes(), { graceMs: 0 });
    await rm(this.directory, { recursive: true });
  }
}
