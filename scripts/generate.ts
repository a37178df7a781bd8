// npm run generate: writes every file that is made from the code; with --check, says which of them are out of date instead.
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { renderSchema } from "@rehearse/config";
import { reportSchema, runSchema } from "@rehearse/rehearsal";
import { engines } from "@rehearse/services";
import { z } from "zod";
import { fileReference, renderFileReference } from "./file-reference/render-file-reference.ts";
import { renderReadme } from "./readme/render-readme.ts";
import { renderTypes } from "./types/render-types.ts";

const root = path.resolve(import.meta.dirname, "..");
const schemaOf = (schema: z.ZodType, title: string): string => `${JSON.stringify({ title, ...z.toJSONSchema(schema) }, null, 2)}\n`;

const generated: Readonly<Record<string, string>> = {
  "README.md": await renderReadme(root),
  [fileReference]: await renderFileReference(root),
  "docs/types.md": renderTypes(),
  "packages/config/rehearse.schema.json": renderSchema(engines),
  "packages/rehearsal/schema/run.schema.json": schemaOf(runSchema, "run.json: the facts of one rehearsal"),
  "packages/rehearsal/schema/report.schema.json": schemaOf(reportSchema, "report.json: the judgement of one rehearsal"),
};

let stale = 0;
for (const [file, content] of Object.entries(generated)) {
  const target = path.join(root, file);
  const current = await readFile(target, "utf8").catch(() => "");
  if (current === content) continue;
  stale += 1;
  if (process.argv.includes("--check")) console.log(`${file} is out of date: npm run generate`);
  else await writeFile(target, content);
}
console.log(`${Object.keys(generated).length} generated files, ${stale} out of date`);
process.exitCode = process.argv.includes("--check") && stale > 0 ? 1 : 0;
