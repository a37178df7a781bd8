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

test("a link to a folder is not passed over, by a folder nor by a pattern that goes through all below it", async () => {
  await mkdir(at("one"));
  await mkdir(at("elsewhere"));
  await write("one/a.csv", "elsewhere/b.csv");
  await symlink(at("elsewhere"), at("one", "more"));
  await symlink(at("elsewhere", "b.csv"), at("one", "b.csv"));
  const refused = { code: "USAGE", message: expect.stringContaining(at("one", "more")) };
  await expect(findFiles(at("one"))).rejects.toMatchObject(refused);
  await expect(findFiles(at("one", "**", "*.csv"))).rejects.toMatchObject(refused);
  await expect(findFiles(at("*", "**", "*.csv"))).rejects.toMatchObject(refused);
  await expect(findFiles(at("one", "*", "*.csv"))).rejects.toMatchObject(refused);
  await expect(findFiles(at("o*", "m*", "b.csv"))).rejects.toMatchObject(refused);
  await expect(findFiles(at("{one/more,elsewhere}", "b.csv"))).rejects.toMatchObject(refused);
  expect(await findFiles(at("one", "more", "*.csv"))).toEqual({ format: "csv", files: [at("one", "more", "b.csv")] });
  expect(await findFiles(at("o*", "more", "*.csv"))).toEqual({ format: "csv", files: [at("one", "more", "b.csv")] });
  expect(await findFiles(at("e*", "*.csv"))).toEqual({ format: "csv", files: [at("elsewhere", "b.csv")] });
  expect(await findFiles(at("one", "*.csv"))).toEqual({ format: "csv", files: [at("one", "a.csv"), at("one", "b.csv")] });
  expect(await findFiles(at("elsewhere", "**", "*.csv"))).toEqual({ format: "csv", files: [at("elsewhere", "b.csv")] });
  await expect(findFiles(at("none", "**", "*.csv"))).rejects.toMatchObject({ code: "DATASET_NOT_FOUND" });
});

test("compressed files beside others are not passed over", async () => {
  await write("a.csv", "b.csv.GZ", "c.txt.gz");
  await expect(findFiles(folder)).rejects.toMatchObject({ code: "USAGE", got: "b.csv.GZ" });
  expect(await findFiles(at("*.csv"))).toEqual({ format: "csv", files: [at("a.csv")] });
});

test("a partition's value, which stands in no row, is refused unless the pattern names it", async () => {
  for (const day of ["day=1", "day=2"]) {
    await mkdir(at("t", day), { recursive: true });
    await write(`t/${day}/a.csv`, `t/${day}/b=3.csv`);
  }
  for (const pattern of [at("t", "**", "*.csv"), at("t", "*", "*.csv"), at("t", "day=*", "a.csv")])
    await expect(findFiles(pattern)).rejects.toMatchObject({ code: "USAGE", got: "a partition, day=1" });
  const files = [at("t", "day=1", "a.csv"), at("t", "day=1", "b=3.csv")];
  expect(await findFiles(at("t", "day=1", "*.csv"))).toEqual({ format: "csv", files });
  expect(await findFiles(at("t", "day=1"))).toEqual({ format: "csv", files });
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
