import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readDataset, standIn } from "../src/index.ts";
import { parseManifest } from "../src/rows/manifest-text.ts";
import { columns, openWorkshop } from "./support/table-workshop.ts";

test("a reference's rows stand for a table of its digest: whole as soon as they are there, without the columns that it does not keep", async () => {
  await using workshop = await openWorkshop();
  const reference = await workshop.dataset({
    columns: columns({ id: "int64", plan: "text" }),
    rows: [
      ["1", "free"],
      ["2", null],
    ],
    key: ["id"],
  });
  const shape = { columns: columns({ id: "int64", seen: "timestamp", plan: "text" }), key: ["id"], read: "final" };
  const directory = workshop.path("stand-in");
  const made = await standIn({ reference, shape, directory });

  // Nothing may still be on its way.
  expect(existsSync(join(directory, "manifest.json"))).toBe(true);
  expect(parseManifest(await readFile(join(directory, "manifest.json"), "utf8"))).toEqual(made.manifest);
  expect(await readFile(made.parquet)).toEqual(await readFile(reference.parquet));
  const { rows, digest, columns: of, key, read } = (await readDataset(directory)).manifest;
  expect({ rows, digest, key, read }).toEqual({ rows: 2, digest: reference.manifest.digest, key: ["id"], read: "final" });
  expect(of.map(({ name, type }) => [name, typeof type === "string" ? type : type.notComparable.split(":")[0]])).toEqual([
    ["id", "int64"],
    ["seen", "it was ignored, and not read"],
    ["plan", "text"],
  ]);
});

test("where its folder cannot be made, or the reference's rows are gone, nothing stands for them", async () => {
  await using workshop = await openWorkshop();
  const reference = await workshop.dataset({ columns: columns({ id: "int64" }), rows: [["1"]], key: ["id"] });
  const shape = { columns: columns({ id: "int64" }), key: ["id"] };
  const file = workshop.path("file");
  await writeFile(file, "in the way");
  const refused = { code: "DIRECTORY_NOT_WRITABLE" };
  await expect(standIn({ reference, shape, directory: join(file, "below") })).rejects.toMatchObject(refused);
  await rm(reference.parquet);
  const directory = workshop.path("stand-in");
  await expect(standIn({ reference, shape, directory })).rejects.toMatchObject(refused);
  expect(existsSync(join(directory, "manifest.json"))).toBe(false);
});
