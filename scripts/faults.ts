// npm run faults -- [--count 100] [--seed 1] [--only packages/dataset/src/compare]: plants one fault after another in a copy of the tree, and looks whether
// the tests notice. Ends with `N of 100 noticed`; fewer than 95 of a hundred are a failure.
import { globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { openCompiler } from "./faults/compiler.ts";
import { readEquivalents } from "./faults/equivalents.ts";
import { placeOf } from "./faults/fault.ts";
import { planFaults } from "./faults/plan-faults.ts";
import { runFaults } from "./faults/run-faults.ts";

const root = path.resolve(import.meta.dirname, "..");
const places = [
  ...["compare", "rows", "types", "files", "references"].map((folder) => `packages/dataset/src/${folder}/**/*.ts`),
  "packages/rehearsal/src/judge/**/*.ts",
];

/** What these say goes into the documentation, which a gate compares. */
const documented = ["packages/dataset/src/types/type-table.ts", "packages/dataset/src/files/parquet-type-mappings.ts"];

const { values } = parseArgs({
  options: { count: { type: "string", default: "100" }, seed: { type: "string", default: "1" }, only: { type: "string", default: "" } },
});
const files = globSync(places, { cwd: root })
  .filter((file) => file.startsWith(values.only) && !documented.includes(file))
  .toSorted();
const compiler = openCompiler(root, files);
const faults = planFaults({ root, files, count: Number(values.count), seed: values.seed, compiler, equivalents: await readEquivalents() });
if (faults.length === 0) throw new Error(`no fault can be planted below ${values.only || root}`);
const unitTests = globSync("packages/dataset/test/*.test.ts", { cwd: root }).toSorted();

const outcomes = await runFaults({ root, faults, unitTests });
const missed = outcomes.filter(({ noticed }) => noticed === null);
for (const { fault } of missed) {
  const { kind, original, replacement, file } = fault;
  console.log(`not noticed: ${placeOf(fault, await readFile(path.join(root, file), "utf8"))} ${kind}: ${original} → ${replacement}`);
}
console.log(`${outcomes.length - missed.length} of ${outcomes.length} noticed`);
process.exitCode = missed.length <= outcomes.length * 0.05 ? 0 : 1;
