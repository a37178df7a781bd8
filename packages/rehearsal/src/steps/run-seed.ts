import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import type { SeedConfig } from "@rehearse/config";
import { RehearseError } from "@rehearse/errors";
import type { SeedInput } from "@rehearse/services";
import type { SeedFact } from "../model/run.ts";
import { jsonRows } from "./json-rows.ts";
import { runStepProgram } from "./run-step-program.ts";
import type { StepContext } from "./step-context.ts";

/** Puts one seed in. SEED_FAILED where it cannot be read or the engine refuses it. */
export async function runSeed(seed: SeedConfig, context: StepContext): Promise<SeedFact> {
  const start = performance.now();
  const file = seed.from.kind === "program" ? await printedRows({ ...seed, from: seed.from }, context) : seed.from.file;
  const input = await seedInput(seed, file);
  const rows = await context.environment.session(seed.service).load(input);
  await context.watch.look([seed.service]);
  const into = seed.table === undefined ? seed.service : `${seed.service}.${seed.table}`;
  return { kind: "seed", name: seed.name, into, rows, digest: await sha256(file), wallMs: performance.now() - start };
}

async function seedInput({ name, from, table }: SeedConfig, file: string): Promise<SeedInput> {
  if (from.kind === "script") return { kind: "script", text: await readFile(file, "utf8"), name };
  if (table === undefined) throw new Error(`seed ${name} passed the configuration but names no table`);
  return { kind: "rows", table, rows: jsonRows(file, { name, format: from.kind === "rows" ? from.format : "ndjson" }), name };
}

/** Runs a seed's program; its standard output, kept in a file, is the rows. */
async function printedRows(
  seed: SeedConfig & { readonly from: Extract<SeedConfig["from"], { kind: "program" }> },
  context: StepContext,
): Promise<string> {
  const file = path.join(context.environment.scratch, `seed-${crypto.randomUUID()}.ndjson`);
  const finished = await runStepProgram(
    { name: seed.name, program: seed.from, timeoutMs: seed.timeoutMs, stdout: createWriteStream(file) },
    context,
  );
  if (finished.exitCode === 0 && !finished.timedOut) return file;
  throw new RehearseError({
    code: "SEED_FAILED",
    message: `The seed program ${seed.from.run.join(" ")} ${finished.timedOut ? `ran longer than ${seed.timeoutMs / 1000} s` : `exited with ${finished.exitCode ?? finished.signal}`}.`,
    expected: "exit code 0, and rows as JSON on its standard output",
    hint: `Run it by hand in ${context.scenario.directory}.`,
    details: finished.output,
  });
}

async function sha256(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return `sha256:${hash.digest("hex")}`;
}
