import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { PassThrough } from "node:stream";
import type { SeedConfig } from "@rehearse/config";
import { RehearseError } from "@rehearse/errors";
import type { Finished } from "@rehearse/process";
import type { SeedFact } from "../model/run.ts";
import { jsonRows } from "./json-rows.ts";
import { wholeText } from "./lines.ts";
import { runStepProgram } from "./run-step-program.ts";
import { seedFailure } from "./seed-failure.ts";
import type { ProgramContext } from "./step-context.ts";
import { unlessAborted } from "./unless-aborted.ts";

type From<Kind extends SeedConfig["from"]["kind"]> = Extract<SeedConfig["from"], { kind: Kind }>;

/** Puts one seed in. SEED_FAILED, with its name and place in the file, where it cannot be read or the engine refuses it. */
export async function runSeed(seed: SeedConfig, context: ProgramContext): Promise<SeedFact> {
  const start = performance.now();
  const hash = createHash("sha256");
  const rows = await withinTime(seed, put(seed, { hash, context })).catch((thrown: unknown) =>
    Promise.reject(seedFailure(thrown, seed, context.seedsOf)),
  );
  if (seed.from.kind === "program") await context.watch.settle();
  // A program may have written anywhere.
  await context.watch.look(seed.from.kind === "program" ? undefined : [seed.service]);
  const into = seed.table === undefined ? seed.service : `${seed.service}.${seed.table}`;
  return { kind: "seed", name: seed.name, into, rows, digest: `sha256:${hash.digest("hex")}`, wallMs: performance.now() - start };
}

interface SeedWork {
  /** Told of every byte of the seed. */
  readonly hash: Hash;
  readonly context: ProgramContext;
}

async function put(seed: SeedConfig, work: SeedWork): Promise<number> {
  const { from } = seed;
  if (from.kind === "script") {
    const text = await wholeText(hashed(createReadStream(from.file), work.hash), seed.name);
    return work.context.environment.session(seed.service).load({ kind: "script", text, name: seed.name });
  }
  if (from.kind === "rows") return putRows(seed, { ...work, source: createReadStream(from.file), format: from.format });
  return putPrinted(seed, from, work);
}

async function putRows(
  seed: SeedConfig,
  { hash, context, source, format }: SeedWork & { source: AsyncIterable<Buffer>; format: "ndjson" | "json" },
): Promise<number> {
  if (seed.table === undefined) throw new Error(`seed ${seed.name} passed the configuration but names no table`);
  const rows = jsonRows(hashed(source, hash), { name: seed.name, format });
  return context.environment.session(seed.service).load({ kind: "rows", table: seed.table, rows, name: seed.name });
}

/** The same bytes, of which the hash is told. */
async function* hashed(source: AsyncIterable<Buffer>, hash: Hash): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    hash.update(chunk);
    yield chunk;
  }
}

/** Puts in what a program prints, while it prints. */
async function putPrinted(seed: SeedConfig, from: From<"program">, work: SeedWork): Promise<number> {
  const stdout = new PassThrough();
  const running = runStepProgram(
    { name: seed.name, program: from, directory: work.context.seedsOf.directory, timeoutMs: seed.timeoutMs, stdout },
    work.context,
  );
  try {
    // What goes wrong with the rows of a program that fails is its failure, and told as that.
    const [loaded, finished] = await Promise.allSettled([
      // What the program still prints after a bad row is read and dropped: a closed pipe would pass for its failure.
      putRows(seed, { ...work, source: stdout.iterator({ destroyOnReturn: false }), format: "ndjson" }).finally(() => stdout.resume()),
      running,
    ]);
    if (finished.status === "rejected") throw finished.reason;
    if (finished.value.exitCode !== 0 || finished.value.timedOut)
      throw failedProgram(seed, from, { finished: finished.value, context: work.context });
    if (loaded.status === "rejected") throw loaded.reason;
    return loaded.value;
  } finally {
    stdout.destroy();
  }
}

/** A program is ended by its own limit; what an engine takes too long for ends with the engine. */
async function withinTime(seed: SeedConfig, work: Promise<number>): Promise<number> {
  if (seed.from.kind === "program") return work;
  const limit = AbortSignal.timeout(seed.timeoutMs);
  return unlessAborted(limit, work).catch((thrown: unknown) => {
    if (thrown !== limit.reason) throw thrown;
    throw new RehearseError({
      code: "SEED_FAILED",
      message: `The seed ${seed.name} took longer than ${seed.timeoutMs / 1000} s.`,
      hint: "Give it a longer timeout, or find what it waits for.",
    });
  });
}

function failedProgram(
  seed: SeedConfig,
  from: From<"program">,
  { finished, context }: { finished: Finished; context: ProgramContext },
): RehearseError {
  const end = finished.timedOut ? `ran longer than ${seed.timeoutMs / 1000} s` : `exited with ${finished.exitCode ?? finished.signal}`;
  return new RehearseError({
    code: "SEED_FAILED",
    message: `The seed program ${from.run.join(" ")} ${end}.`,
    expected: "exit code 0, and rows as JSON on its standard output",
    hint: `Run it by hand in ${context.seedsOf.directory}.`,
    details: finished.output,
  });
}
