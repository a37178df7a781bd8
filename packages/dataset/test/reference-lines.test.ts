import { readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { acceptReference, openObjectStore, readCells, readReference, type Cell, type Manifest } from "../src/index.ts";
import { parseManifest } from "../src/rows/manifest-text.ts";
import { readPointer } from "../src/references/read-reference.ts";
import { writeManifest } from "../src/rows/write-manifest.ts";
import { columns, openWorkshop, type TableWorkshop } from "./support/table-workshop.ts";

const rows: Cell[][] = [
  ["1", 'say "a,b"\\N'],
  ["2", null],
  ["3", ""],
];

async function accepted(workshop: TableWorkshop) {
  const { tables } = workshop;
  const dataset = await workshop.dataset({ columns: columns({ id: "int64", plan: "text" }), rows, key: ["id"] });
  const directory = workshop.path("reference");
  await acceptReference({ tables, dataset, directory, ignore: [] });
  const file = join(directory, "rows.ndjson");
  const text = await readFile(file, "utf8");
  return {
    dataset,
    directory,
    file,
    text,
    /** Its cells, where its lines are these. */
    read: async (lines: string) => {
      await writeFile(file, lines);
      const reference = await readReference({ tables, directory });
      return reference === null ? null : (await readCells({ tables, dataset: reference, limit: 9 })).rows;
    },
  };
}

test("a text is read as its lines, whatever ends them, and blank ones are none", async () => {
  await using workshop = await openWorkshop();
  const { text, read } = await accepted(workshop);
  const lines = text.trim().split("\n");
  expect(lines).toHaveLength(3);
  for (const written of [text, text.trim(), lines.join("\r\n"), `\n${lines.join("\n\n")}\n  \n\t\n`, `${lines.join("\n \r\n")}\r\n\r\n`])
    expect(await read(written), JSON.stringify(written)).toEqual(rows);
  expect(await read(lines.toReversed().join("\n"))).toEqual(rows.toReversed());
});

test("a line that cannot be read is named by its number, and fewer or other lines are refused", async () => {
  await using workshop = await openWorkshop();
  const { text, read, file } = await accepted(workshop);
  const [first = "", second = "", third = ""] = text.trim().split("\n");
  const refused = (message: string) => ({
    code: "REFERENCE_INVALID",
    message: expect.stringContaining(`the reference cannot be trusted: ${message}`),
  });
  await expect(read(`${first}\n{"id":\n${third}\n`)).rejects.toMatchObject(refused(`${file}, line 2: `));
  await expect(read(`${first}\n${second}\n`)).rejects.toMatchObject({
    ...refused(`${file} does not have the rows that its manifest counts`),
    expected: "3 rows",
    got: "2 rows",
  });
  await expect(read(`${first}\n${second}\n${first}\n`)).rejects.toMatchObject(refused(`${file} or its manifest was changed`));
  await rm(file);
  await symlink("/dev/null", file);
  await expect(read("")).rejects.toMatchObject({ code: "REFERENCE_INVALID", message: expect.stringContaining("is a symbolic link") });
});

test("a reference without its rows is refused, one without a manifest is none", async () => {
  await using workshop = await openWorkshop();
  const { tables } = workshop;
  const { directory, file, dataset } = await accepted(workshop);
  const { digest, rows: count, columns: of } = dataset.manifest;
  expect(await readPointer({ directory })).toMatchObject({ digest, rows: count, columns: of, file: { name: "rows.ndjson" } });
  await rm(file);
  await expect(readReference({ tables, directory })).rejects.toMatchObject({
    code: "REFERENCE_INVALID",
    message: `the reference cannot be trusted: ${file} is not there`,
  });
  await rm(join(directory, "manifest.json"));
  expect(await readPointer({ directory })).toBeNull();
  expect(await readReference({ tables, directory })).toBeNull();
});

test("where intermediate files cannot be written, that is said of their folder, not of the reference", async () => {
  await using workshop = await openWorkshop();
  const { tables } = workshop;
  const { directory } = await accepted(workshop);
  await rm(tables.directory, { recursive: true });
  await expect(readReference({ tables, directory })).rejects.toMatchObject({
    code: "DIRECTORY_NOT_WRITABLE",
    message: expect.stringContaining(tables.directory),
  });
});

test("a reference whose rows lie in a store is held against its manifest when it is read, and one that lies here byte by byte", async () => {
  await using workshop = await openWorkshop();
  const { tables } = workshop;
  const many = Array.from({ length: 1001 }, (_, id): Cell[] => [String(id), `plan ${id}`]);
  const dataset = await workshop.dataset({ columns: columns({ id: "int64", plan: "text" }), rows: many, key: ["id"] });
  const storage = { store: openObjectStore(workshop.path("store")), cache: workshop.path("cache") };
  for (const inlineBytes of [0, Infinity]) {
    const directory = workshop.path("reference");
    await acceptReference({ tables, dataset, directory, ignore: [], storage, inlineBytes });
    const manifest = parseManifest(await readFile(join(directory, "manifest.json"), "utf8"));
    expect(manifest.file).toMatchObject({ place: inlineBytes === 0 ? "store" : "here" });
    const reference = await readReference({ tables, directory, storage });
    expect(reference).toMatchObject({ directory, manifest });
    expect(reference?.parquet.startsWith(inlineBytes === 0 ? storage.cache : directory)).toBe(true);
    const lie: Manifest = { ...manifest, rows: 1002, digest: { ...manifest.digest, rows: 1002 } };
    await writeManifest(directory, lie);
    await expect(readReference({ tables, directory, storage })).rejects.toMatchObject({
      code: "REFERENCE_INVALID",
      message: expect.stringContaining("does not have the rows that its manifest counts"),
    });
  }
});
