import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { keyFacts } from "@rehearse/config";
import { reportSchema } from "@rehearse/rehearsal";
import { engines } from "@rehearse/services";
import { Workplace } from "../../packages/cli/test/workplace.ts";
import { readText, repository } from "../readme/readme.ts";
import { fileReference, renderFileReference, shownScenario } from "./render-file-reference.ts";

const scenario: unknown = parse(readText(shownScenario));

/** The columns that the scenario has rules for. */
function ruledColumns(): string[] {
  const rules = z.object({ columns: z.record(z.string(), z.unknown()) });
  const { checks } = z.object({ checks: z.object({ diff: z.object({ "warehouse.prices": rules }) }) }).parse(scenario);
  return Object.keys(checks.diff["warehouse.prices"].columns);
}

test("what is generated in docs/file.md is up to date", async () => {
  expect(await renderFileReference(repository)).toBe(readText(fileReference));
});

test("every example of docs/file.md is a part of the scenario that is rehearsed", () => {
  const written = readText(fileReference).replaceAll(/<!-- generated: [^]*?<!-- end -->/g, "");
  expect(written.length).toBeGreaterThan(5000);
  expect(written).not.toContain("```");
});

test("that scenario has every key that a file can have", () => {
  const paths = keyFacts(engines).map((fact) => fact.path);
  expect(paths.length).toBeGreaterThan(60);
  expect(paths.filter((one) => !stands(scenario, one.replaceAll("[]", ".[]").split(".")))).toEqual([]);
});

test("it is rehearsed, differs as it says, and would differ in each column that has a rule", async () => {
  await using place = await Workplace.make();
  const folder = await place.copy(path.join(repository, path.dirname(shownScenario)));
  const file = path.join(folder, "rehearse.yml");
  const text = (await readFile(file, "utf8")).replace("port: 15432", `port: ${await freePort()}`);
  await writeFile(file, text);
  const whole = await place.rehearse(["test", folder, "--json"]);
  expect(whole.code, whole.stderr).toBe(0);
  expect(reportSchema.parse(JSON.parse(whole.stdout))).toMatchObject({ verdict: "expected", provider: { name: "embedded" } });

  await writeFile(file, text.replace(/^ {6}columns:\n(?: {8}.*\n)+/m, ""));
  const bare = reportSchema.parse(JSON.parse((await place.rehearse(["check", folder, "--json"])).stdout));
  const { detail } = bare.checks.find(({ name, stage }) => name === "warehouse.prices" && stage === "price") ?? {};
  const changed = detail?.kind === "diff" ? detail.columns.map(({ name }) => name) : [];
  expect(changed.toSorted()).toEqual(["amount", ...ruledColumns()].toSorted());
}, 120_000);

/** Whether a key stands somewhere in a value: `<…>` is any key, `[]` any item. */
function stands(value: unknown, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined) return true;
  if (typeof value !== "object" || value === null || Array.isArray(value) !== (step === "[]")) return false;
  const inner = Object.entries(value).filter(([key]) => step === "[]" || step.startsWith("<") || key === step);
  return inner.some(([, item]) => stands(item, rest));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address !== "object") throw new Error("a server has no port");
  return address.port;
}
