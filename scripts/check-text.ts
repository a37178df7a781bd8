// Rules on the text of every file that git knows of: what must never be committed, and how long files may grow.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const own = "scripts/check-text.ts";
const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { cwd: root, encoding: "utf8" })
  .split("\n")
  .filter((file) => file !== "" && !file.startsWith("dist/") && existsSync(path.join(root, file)));
const sources = files.filter((file) => /\.(ts|mjs|js)$/.test(file));
const texts = files.filter((file) => /\.(ts|mjs|js|json|ya?ml|md|txt|sql|html)$|^\.ci\//.test(file) && file !== own);

const forbidden: readonly { readonly pattern: RegExp; readonly why: string; readonly where?: RegExp }[] = [
  { pattern: /\/(work|farm|root)\/[a-z.]/, why: "a path of one machine" },
  { pattern: /registry\.npmjs|npmmirror|artifactory/i, why: "the host of a registry" },
  { pattern: /"resolved": "https?:/, why: "a download address in a lock file" },
  { pattern: /\b(vi|jest)\.(mock|doMock|hoisted)\(/, why: "a mock of a module" },
  { pattern: /@ts-(ignore|nocheck|expect-error)|(ox|es)lint-disable|biome-ignore/, why: "a check switched off" },
  { pattern: /\.(only|skip|todo)\(/, why: "a test that is focused, skipped or missing", where: /\.test\.ts$/ },
  { pattern: /\b(TODO|FIXME|XXX)\b/, why: "work left open" },
];

const problems: string[] = [];
for (const file of texts) {
  const lines = readFileSync(path.join(root, file), "utf8").split("\n");
  for (const { pattern, why, where } of forbidden) {
    if (where !== undefined && !where.test(file)) continue;
    for (const [index, line] of lines.entries())
      if (pattern.test(line)) problems.push(`${file}:${index + 1} ${why}: ${line.trim().slice(0, 100)}`);
  }
}

const lengths = sources.map((file) => ({ file, lines: readFileSync(path.join(root, file), "utf8").split("\n").length - 1 }));
for (const { file, lines } of lengths) if (lines > 300) problems.push(`${file} has ${lines} lines; 300 are the limit`);
const median = lengths.map(({ lines }) => lines).toSorted((a, b) => a - b)[Math.floor(lengths.length / 2)] ?? 0;
if (median >= 100) problems.push(`the median source file has ${median} lines; it should stay below 100`);

for (const problem of problems) console.log(problem);
console.log(`${texts.length} files, ${problems.length} problems, median source file ${median} lines`);
process.exitCode = problems.length === 0 ? 0 : 1;
