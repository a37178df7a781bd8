import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { openTables, tableEngine } from "../src/index.ts";

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

test("what the table engine is doing ends when its user does not want it any more, and says why", async () => {
  await using folder = await temporaryFolder();
  const stop = new AbortController();
  await using tables = await openTables({ directory: folder.path, signal: stop.signal });
  const hours = tables.query("SELECT count(*) FROM range(1000000) AS a(x), range(1000000) AS b(y) WHERE x * y = -1", "counting for hours");
  setTimeout(() => stop.abort(new Error("enough")), 200);
  await expect(hours).rejects.toThrow("enough");
  await expect(tables.query("SELECT 1", "asking more")).rejects.toThrow("enough");
});

test("too little memory is nobody's data: it has a name of its own, and what to do about it", async () => {
  await using folder = await temporaryFolder();
  await using tables = await openTables({ directory: folder.path, memoryMegabytes: 400 });
  await expect(tables.query("SELECT length(list(i)) FROM range(40000000) AS r(i)", "reading a list")).rejects.toMatchObject({
    code: "MEMORY_EXHAUSTED",
    exitCode: 3,
    message: expect.stringMatching(/^reading a list failed: Out of Memory Error.*[^\s]$/),
    hint: expect.stringContaining("--memory"),
  });
  expect(await tables.query("SELECT 1", "going on")).toEqual([["1"]]);
});

test("the intermediate files of a process that was killed go when the next one comes; those of a living one stay", async () => {
  await using folder = await temporaryFolder();
  const dataset = String(pathToFileURL(join(import.meta.dirname, "../src/index.ts")));
  const program = `const { openTables } = await import(${JSON.stringify(dataset)});
    await openTables({ directory: ${JSON.stringify(folder.path)} }); process.kill(process.pid, "SIGKILL");`;
  expect(spawnSync(process.execPath, ["--input-type=module", "--eval", program]).signal).toBe("SIGKILL");
  const abandoned = await readdir(folder.path);
  expect(abandoned).toHaveLength(1);
  await using mine = await openTables({ directory: folder.path });
  await using other = await openTables({ directory: folder.path });
  expect((await readdir(folder.path)).toSorted()).toEqual([basename(mine.directory), basename(other.directory)].toSorted());
});

async function temporaryFolder() {
  const path = await mkdtemp(join(tmpdir(), "rehearse-tables-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}
