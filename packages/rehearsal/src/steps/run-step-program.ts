import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Writable } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import type { Program } from "@rehearse/config";
import { cleanEnvironment, runProgram, type Finished } from "@rehearse/process";
import { folderName } from "../store/scenario-folders.ts";
import { maskSecrets } from "./mask-secrets.ts";
import { resolveEnvironment } from "./resolve-environment.ts";
import type { ProgramContext } from "./step-context.ts";

export interface StepProgram {
  readonly name: string;
  readonly program: Program;
  /** Absolute: the folder it runs in. */
  readonly directory: string;
  /** Absolute: what `${output}` is, for a stage. */
  readonly output?: string;
  readonly timeoutMs: number;
  /** Where standard output goes, for a program whose output is data. */
  readonly stdout?: Writable | undefined;
}

/**
 * Runs a step's program in a clean environment with a home and a temporary folder of its own. Its output comes with the environment's secrets
 * masked. Rejects with the signal's reason when the rehearsal is broken off.
 */
export async function runStepProgram(
  { name, program, directory, output, timeoutMs, stdout }: StepProgram,
  { environment, signal }: Pick<ProgramContext, "environment" | "signal">,
): Promise<Finished> {
  const own = path.join(environment.scratch, "steps", folderName(name));
  const [home, tmp] = [path.join(own, "home"), path.join(own, "tmp")];
  for (const folder of [home, tmp]) await mkdir(folder, { recursive: true });
  const [file, ...args] = program.run;
  // Whoever reads what it prints must hear that it ended, also when it never began.
  using _end = { [Symbol.dispose]: () => void (stdout?.writableEnded === false && stdout.end()) };
  const finished = await runProgram({
    command: {
      file,
      args,
      cwd: directory,
      env: cleanEnvironment({ home, tmp, declared: resolveEnvironment(program.env, { services: environment.services, output }) }),
    },
    label: { ...environment.environment.label, step: name },
    timeoutMs,
    signal,
    logFile: path.join(own, "output.log"),
    stdout,
  });
  signal.throwIfAborted();
  // A report shows no colour codes, and a secret with one in its middle would be whole again there.
  const mask = (text: string): string => maskSecrets(stripVTControlCharacters(text), environment.secrets);
  return { ...finished, output: mask(finished.output), strays: finished.strays.map(mask) };
}
