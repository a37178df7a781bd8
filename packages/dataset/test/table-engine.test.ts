import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tableEngine } from "../src/index.ts";

/** The integrity digest of each of DuckDB's packages in a lock file. */
function locked(folder: string): Readonly<Record<string, string>> {
  const lock: { packages: Record<string, { integrity?: string }> } = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8"));
  const packages = Object.entries(lock.packages).filter(([name]) => name.startsWith("node_modules/@duckdb/"));
  return Object.fromEntries(packages.map(([name, { integrity = "none" }]) => [name, integrity]));
}

test("the DuckDB that is fetched where there are no node_modules is, to the byte, the one that the tests run on", () => {
  const fetched = locked(tableEngine.packages.folder);
  expect(Object.keys(fetched).length).toBeGreaterThan(3);
  expect(fetched).toEqual(locked(join(import.meta.dirname, "../../..")));
});
