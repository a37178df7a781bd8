import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { parseScenario } from "@rehearse/config";
import { engines } from "@rehearse/services";

const root = path.resolve(import.meta.dirname, "../../..");
const readme = readFileSync(path.join(root, "README.md"), "utf8");

test("the file that the README explains is one that Rehearse takes", () => {
  const [yaml, ...others] = [...readme.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1] ?? "");
  expect(others).toEqual([]);
  const scenario = parseScenario({ text: yaml ?? "", file: "rehearse.yml", engines });
  expect(scenario.order.map((step) => step.name)).toEqual(["migrate", "orders.ndjson", "summarise"]);
});

test("every npm script that the README and CONTRIBUTING name exists", () => {
  const { scripts } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as { scripts: Record<string, string> };
  const texts = readme + readFileSync(path.join(root, "CONTRIBUTING.md"), "utf8");
  const named = [...texts.matchAll(/`?npm (?:run )?(test|demo|check|generate|format)\b/g)].map((match) => match[1] ?? "");
  expect(new Set(named).size).toBeGreaterThan(4);
  for (const name of named) expect(Object.keys(scripts)).toContain(name);
});
