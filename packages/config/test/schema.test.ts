import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { keyFacts, renderSchema, schemaJson } from "../src/index.ts";
import { scenarioSchema } from "../src/schema/scenario-schema.ts";
import { casesOf, type Case } from "./cases.ts";
import { engines } from "./engine-facts.ts";

const shippedText = readFileSync(join(import.meta.dirname, "../rehearse.schema.json"), "utf8");
const shipped = z.looseObject({}).parse(JSON.parse(shippedText));
const validate = new Ajv2020({ strictTuples: false, allowUnionTypes: true }).compile(shipped);

it("is shipped as it is generated for the engines it names", () => {
  const names = engineNamesOf(shipped);
  expect(names).toEqual(expect.arrayContaining(engines.map((engine) => engine.name)));
  expect(shippedText).toBe(renderSchema(names.map((name) => ({ name, sql: true, connectionNames: [] }))));
});

it("offers exactly the engines that it is given", () => {
  expect(engineNamesOf(schemaJson([{ name: "mysql", sql: true, connectionNames: [] }]))).toEqual(["mysql"]);
});

it("has a description for every key that a file can have", () => {
  const undescribed = [...keysIn(schemaJson(engines), "")].filter(
    ({ schema }) => !z.looseObject({ description: z.string() }).safeParse(schema).success,
  );
  expect(undescribed.map(({ path }) => path)).toEqual([]);
});

it("tells in words of every key what it is and means, and what holds without it", () => {
  const facts = keyFacts(engines);
  const keys = new Set([...keysIn(schemaJson(engines), "")].map(({ path }) => path.split(".").at(-1)));
  expect(new Set(facts.map(({ path }) => path.split(".").at(-1)?.replace("[]", "")))).toEqual(keys);
  expect(facts.filter(({ type, meaning }) => type === "" || meaning === "")).toEqual([]);
  expect(facts).toContainEqual({
    path: "stages.<stage>.timeout",
    type: 'a whole number up to 9999 with ms, s or m, such as "90s" or "5m"',
    required: false,
    otherwise: "`10m`",
    meaning: "How long it may run. Then it is ended, and has failed.",
  });
  expect(facts.find(({ path }) => path === "checks.expect[].owner")).toMatchObject({
    type: "one line of text",
    required: true,
    otherwise: "",
  });
  expect(facts.find(({ path }) => path === "checks.assert[].within")?.otherwise).toBe("it is asked once");
});

describe("zod and ajv on the shipped schema agree", () => {
  it.each(casesOf("valid"))("both accept $name", async (valid) => {
    expect(await verdicts(valid)).toEqual({ ajv: true, zod: true });
  });

  it.each(casesOf("broken/shape"))("both refuse $name", async (broken) => {
    expect(await verdicts(broken)).toEqual({ ajv: false, zod: false });
  });

  it.each(casesOf("broken/meaning"))("both leave $name to the rules", async (broken) => {
    expect(await verdicts(broken)).toEqual({ ajv: true, zod: true });
  });
});

/** Whether each of the two accepts a case. The editor's one sees whole numbers as numbers, ours as bigint. */
async function verdicts({ folder }: Case): Promise<{ readonly ajv: boolean; readonly zod: boolean }> {
  const text = await readFile(join(folder, "rehearse.yml"), "utf8");
  const schema = scenarioSchema(engines.map((engine) => engine.name));
  return { ajv: validate(parse(text)), zod: schema.safeParse(parse(text, { intAsBigInt: true })).success };
}

/** The engines that an editor offers. */
function engineNamesOf(schema: unknown): readonly string[] {
  const engine = [...keysIn(schema, "")].find(({ path }) => path.endsWith(".engine"));
  return z.looseObject({ enum: z.array(z.string()) }).parse(engine?.schema).enum;
}

/** Every named property of the schema, wherever it stands. */
function* keysIn(schema: unknown, path: string): Iterable<{ readonly path: string; readonly schema: unknown }> {
  if (typeof schema !== "object" || schema === null) return;
  for (const [key, inner] of Object.entries(schema)) {
    if (key === "examples" || typeof inner !== "object" || inner === null) continue;
    if (key === "properties") for (const [name, property] of Object.entries(inner)) yield { path: `${path}.${name}`, schema: property };
    yield* keysIn(inner, `${path}.${key}`);
  }
}
