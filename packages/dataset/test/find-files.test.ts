import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findFiles, ofOneFormat } from "../src/files/find-files.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "rehearse-files-"));
});
afterEach(() => rm(folder, { recursive: true }));

const at = (...names: readonly string[]): string => path.join(folder, ...names);
const write = async (...names: readonly string[]): Promise<void> => {
  for (const name of names) await writeFile(at(name), "");
};

test.each([
  ["a.parquet", "parquet"],
  ["a.csv", "csv"],
  ["a.TSV", "csv"],
  ["a.ndjson", "json"],
  ["a.jsonl", "json"],
  ["a.b.Json", "json"],
])("%s is a file of the format %s", async (name, format) => {
  await write(name);
  expect(await findFiles(at(name))).toEqual({ format, files: [at(name)] });
});

test("a folder stands for its files of known formats, a pattern for those that it fits, both in the order of their names", async () => {
  await write("b.csv", "a.TSV", "😀.csv", "！.csv", "notes.txt", "csv");
  await mkdir(at("empty.csv"));
  const all = ["a.TSV", "b.csv", "😀.csv", "！.csv"].map((name) => at(name));
  expect(await findFiles(folder)).toEqual({ format: "csv", files: all });
  expect(await findFiles(`${folder}${path.sep}`)).toEqual({ format: "csv", files: all });
  expect(await findFiles(at("*.csv"))).toEqual({ format: "csv", files: all.slice(1) });
  expect(await findFiles(at("[ab].*"))).toEqual({ format: "csv", files: all.slice(0, 2) });
});

test("a folder with a manifest is a dataset, wherever a link to it lies", async () => {
  await mkdir(at("set"));
  await write("set/manifest.json", "set/rows.parquet");
  await symlink(at("set"), at("link"));
  expect(await findFiles(at("link"))).toEqual({ format: "dataset", directory: await realpath(at("set")) });
});

test("files in folders below a folder are not passed over, unless they are of no known format", async () => {
  await mkdir(at("below"));
  await write("a.csv", "below/notes.txt");
  expect(await findFiles(folder)).toEqual({ format: "csv", files: [at("a.csv")] });
  await write("below/b.csv");
  await expect(findFiles(folder)).rejects.toMatchObject({ code: "USAGE", got: at("below", "b.csv") });
  expect(await findFiles(at("**", "*.csv"))).toEqual({ format: "csv", files: [at("a.csv"), at("below", "b.csv")] });
});

test("files of several formats, or of none that is known, are refused", async () => {
  await write("a.csv", "b.json", "c.txt", "d.tsv");
  for (const names of [["a.csv", "b.json"], ["a.csv", "c.txt"], ["c.txt", "a.csv"], ["c.txt"]])
    expect(() =>
      ofOneFormat(
        "these",
        names.map((name) => at(name)),
      ),
    ).toThrow(expect.objectContaining({ code: "USAGE" }));
  const csv = ["d.tsv", "a.csv"].map((name) => at(name));
  expect(ofOneFormat("these", csv)).toEqual({ format: "csv", files: csv });
  await expect(findFiles(folder)).rejects.toMatchObject({ code: "USAGE" });
});

test("where there is nothing, that is said", async () => {
  await write("a.csv");
  await mkdir(at("empty"));
  for (const nothing of ["none.csv", "*.json", "a.csv/b.csv", "empty"])
    await expect(findFiles(at(nothing))).rejects.toMatchObject({ code: "DATASET_NOT_FOUND" });
  expect(() => ofOneFormat("these", [])).toThrow(expect.objectContaining({ code: "DATASET_NOT_FOUND" }));
});

test("what cannot be looked at is not taken for nothing", async () => {
  await symlink("loop.csv", at("loop.csv"));
  await expect(findFiles(at("loop.csv"))).rejects.toMatchObject({ code: "ELOOP" });
});

test("a socket is no file whose rows can be read twice, by itself or in a folder", async () => {
  const server = createServer();
  server.listen(at("a.csv"));
  await once(server, "listening");
  try {
    for (const name of [at("a.csv"), folder])
      await expect(findFiles(name)).rejects.toMatchObject({ code: "USAGE", message: `${at("a.csv")} is no plain file` });
  } finally {
    server.close();
  }
});
