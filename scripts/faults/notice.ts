import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import type { Look } from "./tests-for.ts";
import type { Workshop } from "./workshop.ts";

const resultsSchema = z.object({
  numPassedTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })),
    }),
  ),
});

/** How many random cases look at a fault. */
const randomCases = 300;

/** What noticed that something is wrong in the workshop, or null where all is well. */
export async function noticedBy(
  look: Look,
  { workshop, limitMs }: { readonly workshop: Workshop; readonly limitMs: number },
): Promise<string | null> {
  return look.tests.length === 0 ? noticedByCases(workshop, limitMs) : noticedByTests(look.tests, { workshop, limitMs });
}

async function noticedByCases(workshop: Workshop, limitMs: number): Promise<string | null> {
  const args = [path.join("scripts", "truth.ts"), "--cases", String(randomCases), "--through", "files"];
  const { code, inTime } = await run(args, { workshop, limitMs });
  if (!inTime) return `truth: it does not end within ${limitMs / 1000} s`;
  return code === 0 ? null : "truth: a case is decided wrongly";
}

async function noticedByTests(
  tests: readonly string[],
  { workshop, limitMs }: { readonly workshop: Workshop; readonly limitMs: number },
): Promise<string | null> {
  const results = path.join(workshop.temporary, "results.json");
  await rm(results, { force: true });
  const vitest = path.join("node_modules", "vitest", "vitest.mjs");
  const args = [vitest, "run", "--bail=1", "--maxWorkers=1", "--reporter=json", `--outputFile=${results}`, ...tests];
  const { code, inTime, output } = await run(args, { workshop, limitMs });
  if (!inTime) return `it does not end within ${limitMs / 1000} s`;
  if (code === 0) return null;
  const written = await readFile(results, "utf8").catch(() => null);
  // Broken off before it could write what it found: the fault ended the tests themselves.
  if (written === null) return `vitest: ${output.trim().split("\n").at(-1) ?? `exit code ${code}`}`;
  const { testResults } = resultsSchema.parse(JSON.parse(written));
  for (const { name, assertionResults } of testResults) {
    const failed = assertionResults.find(({ status }) => status === "failed");
    if (failed !== undefined) return `${path.basename(name)}: ${failed.fullName}`;
  }
  const broken = testResults.find(({ status, message }) => status === "failed" && message !== "");
  return broken === undefined ? `vitest ended with ${code}` : `${path.basename(broken.name)}: ${broken.message.split("\n")[0]}`;
}

interface Ended {
  readonly code: number | null;
  readonly inTime: boolean;
  readonly output: string;
}

/** Runs a program of the workshop to its end, or ends it with all that it started when the time is over. */
async function run(
  args: readonly string[],
  { workshop, limitMs }: { readonly workshop: Workshop; readonly limitMs: number },
): Promise<Ended> {
  const env = { ...process.env, TMPDIR: workshop.temporary, NO_COLOR: "1" };
  const child = spawn(process.execPath, args, { cwd: workshop.root, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const ended = once(child, "close");
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  const over = new AbortController();
  const late = wait(limitMs, "late" as const, { signal: over.signal }).catch(() => "ended" as const);
  const inTime = (await Promise.race([ended, late])) !== "late";
  over.abort();
  if (!inTime && child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  const [code] = z.tuple([z.number().nullable(), z.unknown()]).parse(await ended);
  return { code, inTime, output: (await output).join("") };
}
