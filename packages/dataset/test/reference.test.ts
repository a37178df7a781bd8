import { mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { acceptReference, readCells, readReference, type Cell, type Column } from "../src/index.ts";
import { columns, openWorkshop, type TableWorkshop } from "./support/table-workshop.ts";

/** A list: an object would put names that are numbers first. */
const everyForm: Column[] = (
  [
    ["b", "boolean"],
    ["2", "int64"],
    ["1", "uint64"],
    ["__proto__", "decimal(10,2)"],
    ["n", "number"],
    ["f", "float64"],
    ["t", "text"],
    ["y", "bytes"],
    ["at", "timestamptz"],
    ["j", "json"],
  ] as const
).map(([name, type]) => ({ name, type, source: type }));

async function accept(workshop: TableWorkshop, rows: readonly (readonly Cell[])[], directory = workshop.path("reference")) {
  const dataset = await workshop.dataset({ columns: columns({ id: "int32", text: "text" }), rows, key: ["id"] });
  return { directory, dataset, result: await acceptReference({ tables: workshop.tables, dataset, directory, ignore: [] }) };
}

/** Each file's name, time of change and bytes. */
async function filesOf(directory: string) {
  const names = await readdir(directory);
  return Promise.all(
    names.map(async (name) => [
      name,
      (await stat(join(directory, name), { bigint: true })).mtimeNs,
      await readFile(join(directory, name), "base64"),
    ]),
  );
}

test("a small reference is text: a line a row in key order, columns in theirs, numbers where JSON keeps them exactly", async () => {
  await using workshop = await openWorkshop();
  const dataset = await workshop.dataset({
    columns: everyForm,
    rows: [
      [
        "true",
        "9007199254740993",
        "18446744073709551615",
        "1.10",
        "1.10",
        "NaN",
        'é"\n',
        "00ff",
        "2024-01-05 10:00:00.000001+00",
        '{"a":1}',
      ],
      [null, "10", null, null, null, null, null, null, null, null],
      ["false", "-9", "7", "-0.01", "1e3", "-0", "", "", "infinity", "null"],
      ["false", "9", "7", "0.00", "1", "0.1", " ", "61", "-infinity", "1"],
    ],
    key: ["2"],
  });
  const directory = workshop.path("reference");
  await acceptReference({ tables: workshop.tables, dataset, directory, ignore: [] });
  expect(await readFile(join(directory, "rows.ndjson"), "utf8")).toBe(
    [
      String.raw`{"b":false,"2":-9,"1":7,"__proto__":"-0.01","n":"1e3","f":"-0","t":"","y":"","at":"infinity","j":"null"}`,
      String.raw`{"b":false,"2":9,"1":7,"__proto__":"0.00","n":"1","f":0.1,"t":" ","y":"YQ==","at":"-infinity","j":"1"}`,
      String.raw`{"b":null,"2":10,"1":null,"__proto__":null,"n":null,"f":null,"t":null,"y":null,"at":null,"j":null}`,
      String.raw`{"b":true,"2":"9007199254740993","1":"18446744073709551615","__proto__":"1.10","n":"1.10","f":"NaN","t":"é\"\n","y":"AP8=","at":"2024-01-05 10:00:00.000001+00","j":"{\"a\":1}"}`,
      "",
    ].join("\n"),
  );
  expect(await readdir(directory)).toEqual(["manifest.json", "rows.ndjson"]);
});

test.each(["number", "int256", "decimal(40,0)"] as const)(
  "a reference whose key is %s lies in the order of its size, not of its text",
  async (type) => {
    await using workshop = await openWorkshop();
    const dataset = await workshop.dataset({ columns: columns({ id: type }), rows: [["10"], ["9"], ["-1"], ["100"]], key: ["id"] });
    const directory = workshop.path("reference");
    await acceptReference({ tables: workshop.tables, dataset, directory, ignore: [] });
    const lines = (await readFile(join(directory, "rows.ndjson"), "utf8")).trim().split("\n");
    expect(lines.map((line) => /-?\d+/.exec(line)?.[0])).toEqual(["-1", "9", "10", "100"]);
  },
);

test("accepting equal rows again, in whatever order, touches no file", async () => {
  await using workshop = await openWorkshop();
  const rows: Cell[][] = [
    ["1", "a"],
    ["2", null],
    ["3", "a"],
  ];
  for (const size of [1, 400]) {
    const many = Array.from({ length: size }, (_, page) =>
      rows.map(([id, text]): Cell[] => [String(Number(id) + 3 * page), text ?? null]),
    ).flat();
    const { directory, result } = await accept(workshop, many);
    expect(result).toBe("written");
    const state = () => filesOf(directory);
    const before = await state();
    expect((await accept(workshop, many.toReversed(), directory)).result).toBe("unchanged");
    expect(await state()).toEqual(before);
    expect((await accept(workshop, many.slice(1), directory)).result).toBe("written");
    expect(await state()).not.toEqual(before);
  }
});

/** What a line has beside the text of its second column. */
const aroundText = '{"id":1,"text":""}\n'.length;

test.each([
  { title: "1,000,000 bytes", rows: 1, cell: "x".repeat(1_000_000 - aroundText), file: "rows.ndjson" },
  { title: "1,000,001 bytes", rows: 1, cell: "x".repeat(1_000_001 - aroundText), file: "rows.parquet" },
  { title: "1000 short rows", rows: 1000, cell: "x", file: "rows.ndjson" },
  { title: "1001 short rows", rows: 1001, cell: "x", file: "rows.parquet" },
  { title: "two rows of 600 kB", rows: 2, cell: "x".repeat(600_000), file: "rows.parquet" },
  {
    title: "200,000 control characters, which JSON writes in six letters each",
    rows: 1,
    cell: "\u0001".repeat(200_000),
    file: "rows.parquet",
  },
])("a reference of $title is kept in $file, and moves there when it grows", async ({ rows, cell, file }) => {
  await using workshop = await openWorkshop();
  const { directory } = await accept(workshop, [["1", "small"]]);
  const { dataset } = await accept(
    workshop,
    Array.from({ length: rows }, (_, id): Cell[] => [String(rows - id), cell]),
    directory,
  );
  expect(await readdir(directory)).toEqual(["manifest.json", file]);
  const reference = await readReference({ tables: workshop.tables, directory });
  expect(reference?.manifest.digest).toEqual(dataset.manifest.digest);
  const read = reference === null ? null : await readCells({ tables: workshop.tables, dataset: reference, limit: 2 });
  expect(read?.rows[0]).toEqual(["1", cell]);
});

test("ignored columns are not stored, and neither is a key that holds one", async () => {
  await using workshop = await openWorkshop();
  const { dataset } = await accept(workshop, [
    ["2", "a"],
    ["1", "b"],
  ]);
  const directory = workshop.path("reference");
  await acceptReference({ tables: workshop.tables, dataset, directory, ignore: ["id"] });
  expect(await readFile(join(directory, "rows.ndjson"), "utf8")).toBe('{"text":"a"}\n{"text":"b"}\n');
  const manifest = await readFile(join(directory, "manifest.json"), "utf8");
  // Reviewers read it: every level two spaces further in.
  expect(manifest.split("\n").map((line) => line.search(/\S|$/) % 2)).not.toContain(1);
  expect(JSON.parse(manifest)).toMatchObject({
    columns: [{ name: "text" }],
    key: [],
    rows: 2,
  });
});

test("a directory without a manifest holds no reference", async () => {
  await using workshop = await openWorkshop();
  expect(await readReference({ tables: workshop.tables, directory: workshop.path("nothing") })).toBeNull();
});

test("a reference is written through no symbolic link and not outside its root", async () => {
  await using workshop = await openWorkshop();
  const { dataset } = await accept(workshop, [["1", "a"]]);
  const [root, outside] = [workshop.path("references"), workshop.path("outside")];
  await mkdir(join(root, "stage", "linked-file"), { recursive: true });
  await mkdir(outside);
  await writeFile(join(outside, "precious"), "untouched");
  await symlink(outside, join(root, "linked-stage"));
  await symlink(join(outside, "precious"), join(root, "stage", "linked-file", "rows.ndjson"));
  for (const directory of [
    join(root, "linked-stage", "core.orders"),
    join(root, "stage", "linked-file"),
    join(root, "..", "2-outside"),
    join(root, "stage", "..", "..", "elsewhere"),
  ]) {
    const attempt = acceptReference({ tables: workshop.tables, dataset, directory, ignore: [], root });
    await expect(attempt).rejects.toMatchObject({ code: "REFERENCE_INVALID" });
  }
  await expect(
    acceptReference({ tables: workshop.tables, dataset, directory: join(root, "linked-stage"), ignore: [] }),
  ).rejects.toMatchObject({ code: "REFERENCE_INVALID" });
  expect(await readdir(outside)).toEqual(["precious"]);
  expect(await readFile(join(outside, "precious"), "utf8")).toBe("untouched");
});
