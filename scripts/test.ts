// npm test: every gate, 5,000 random comparisons and every test, then one line `N passed, N failed`. With paths: the gates and the tests there.
// With --when-told the tests begin when something comes in: what they need is made beside the gates.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { runGates } from "./gates.ts";

const given = process.argv.slice(2);
const whenTold = given[0] === "--when-told";
const paths = whenTold ? given.slice(1) : given;
const root = path.resolve(import.meta.dirname, "..");
let passed = 0;
let failed = 0;

// Beside the tests, the longest of which wait for servers: alone they would take a tenth of the time.
const beside = Promise.all([checkSources(), paths.length === 0 ? checkTruth() : undefined]);

const folder = await mkdtemp(path.join(os.tmpdir(), "rehearse-test-"));
const results = path.join(folder, "results.json");
const vitest = path.join(root, "node_modules", "vitest", "vitest.mjs");
const args = [vitest, "run", "--reporter=default", "--reporter=json", `--outputFile.json=${results}`, ...paths];
process.on("SIGINT", () => {});
const [code] = await Promise.all([runTests(), beside]);

const counts = await readFile(results, "utf8").then(parseCounts, () => ({ passed: 0, failed: 1, skipped: 0 }));
await rm(folder, { recursive: true });
passed += counts.passed;
// On a laptop a test may say that it needs what is not there; in CI nothing may be missing.
const inCi = process.env["CI"] === "true";
failed += counts.failed + (inCi ? counts.skipped : 0);
if (counts.passed === 0) failed += 1;
// A file that broke before its tests ran counts no test, but ends the run with a failure.
if (code !== 0 && failed === 0) failed += 1;
if (counts.skipped > 0) console.log(`${counts.skipped} skipped${inCi ? ", which counts as failed in CI" : ""}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function checkSources(): Promise<void> {
  for await (const { name, ok, summary, output } of runGates()) tell(`gate: ${name.padEnd(16)} ${summary}`, { ok, output });
}

/** Resolves to their exit code; null where what they need did not come. */
async function runTests(): Promise<number | null> {
  if (whenTold && !(await isTold())) return null;
  const child = spawn(process.execPath, args, { cwd: root, stdio: "inherit" });
  const [code] = await once(child, "exit");
  return typeof code === "number" ? code : null;
}

/** Whether something comes in before the end does. */
async function isTold(): Promise<boolean> {
  for await (const _said of process.stdin) return true;
  console.log("✗ tests: nothing said that what they need is there");
  return false;
}

/** The cases of `npm run truth`, each compared in one of the ways. */
async function checkTruth(): Promise<void> {
  const program = path.join(root, "scripts", "truth.ts");
  const args = [program, "--cases", "5000", "--in-turn"];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  // Most tests wait for servers now and then: that time is enough.
  if (child.pid !== undefined) os.setPriority(child.pid, os.constants.priority.PRIORITY_BELOW_NORMAL);
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  tell(`truth: ${output.trim().split("\n").at(-1)}`, { ok: code === 0, output: output + errors });
}

function tell(line: string, { ok, output }: { readonly ok: boolean; readonly output: string }): void {
  console.log(`${ok ? "✓" : "✗"} ${line}`);
  if (ok) passed += 1;
  else {
    failed += 1;
    const lines = output.split("\n").filter((one) => !one.includes("node_modules"));
    console.log(lines.slice(0, 60).join("\n"));
  }
}

function parseCounts(json: string): { passed: number; failed: number; skipped: number } {
  const parsed: unknown = JSON.parse(json);
  const count = (name: string): number => {
    const value = typeof parsed === "object" && parsed !== null ? Reflect.get(parsed, name) : undefined;
    if (typeof value !== "number") throw new Error(`vitest's results have no ${name}`);
    return value;
  };
  return { passed: count("numPassedTests"), failed: count("numFailedTests"), skipped: count("numPendingTests") + count("numTodoTests") };
}
