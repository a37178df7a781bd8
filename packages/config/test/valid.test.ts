import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { parseScenario, readScenario } from "../src/index.ts";
import { casesOf } from "./cases.ts";
import { engines } from "./engine-facts.ts";
import { normalised } from "./normalised.ts";

const cases = casesOf("valid");

it.each(cases)("normalises $name", async ({ folder }) => {
  const scenario = await readScenario(folder, engines);
  await expect(normalised(scenario)).toMatchFileSnapshot(join(process.cwd(), folder, "expected.json"));
});

it.each(cases)("reads $name the same from its folder, its file and its text", async ({ folder }) => {
  const file = join(folder, "rehearse.yml");
  const fromFolder = await readScenario(folder, engines);
  expect(fromFolder.file).toBe(resolve(file));
  expect(await readScenario(file, engines)).toEqual(fromFolder);
  expect(parseScenario({ text: await readFile(file, "utf8"), file, engines })).toEqual(fromFolder);
});
