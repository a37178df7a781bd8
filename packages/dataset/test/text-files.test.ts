import { writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { compareRelations, openSides, type Cell } from "../src/index.ts";
import { sideCells } from "./support/side-cells.ts";
import { openWorkshop } from "./support/table-workshop.ts";

const csv: Record<string, { text: string; rows: Cell[][] }> = {
  "unquoted and empty is NULL, quoted and empty is the empty text": {
    text: 'a,b\n1,\n2,""\n,x\n',
    rows: [
      ["1", null],
      ["2", ""],
      [null, "x"],
    ],
  },
  "line breaks, delimiters and doubled quotes stand in quotes": {
    text: 'a,b\n1,"x\ny"\n2,"p,""q"""\n',
    rows: [
      ["1", "x\ny"],
      ["2", 'p,"q"'],
    ],
  },
  "lines may end with a carriage return, which cells keep": {
    text: 'a,b\r\n1,2\r\n3,"x\r\ny"\r\n',
    rows: [
      ["1", "2"],
      ["3", "x\r\ny"],
    ],
  },
  "the last line break may be missing": { text: "a,b\n1,2", rows: [["1", "2"]] },
  "a byte order mark is no part of a name": { text: "\uFEFFa,b\n1,2\n", rows: [["1", "2"]] },
  "blanks are kept, and a quote within a cell is a quote": { text: 'a,b\n 1 , "x"\n', rows: [[" 1 ", ' "x"']] },
  "nothing is guessed": {
    text: "a,b\nNULL,true\n1.0,2024-01-01\n\\N,#\n",
    rows: [
      ["NULL", "true"],
      ["1.0", "2024-01-01"],
      ["\\N", "#"],
    ],
  },
  "NUL, U+2028 and letters beyond 16 bits are kept": {
    text: 'a,b\nx\0y,"\u2028"\n😀,é\n',
    rows: [
      ["x\0y", "\u2028"],
      ["😀", "é"],
    ],
  },
  "blank lines between records of several cells are none": {
    text: "a,b\n1,2\n\n3,4\n\n",
    rows: [
      ["1", "2"],
      ["3", "4"],
    ],
  },
  "a header alone has no rows": { text: "a,b\n", rows: [] },
};

test.each(Object.entries(csv))("CSV: %s", async (_title, { text, rows }) => {
  await using workshop = await openWorkshop();
  const file = workshop.path("rows.csv");
  await writeFile(file, text);
  expect(await sideCells(workshop, file)).toEqual({ columns: { a: "text", b: "text" }, rows });
});

test("CSV of one column: an empty line is NULL", async () => {
  await using workshop = await openWorkshop();
  const file = workshop.path("rows.csv");
  await writeFile(file, 'a\n1\n\n""\n');
  expect((await sideCells(workshop, file)).rows).toEqual([["1"], [null], [""]]);
});

test("CSV with a tab or another delimiter", async () => {
  await using workshop = await openWorkshop();
  const [tabs, semicolons] = [workshop.path("rows.tsv"), workshop.path("rows.csv")];
  await writeFile(tabs, "a\tb\n1,5\t2\n");
  await writeFile(semicolons, "a;b\n1,5;2\n");
  const read = { columns: { a: "text", b: "text" }, rows: [["1,5", "2"]] };
  expect(await sideCells(workshop, tabs)).toEqual(read);
  expect(await sideCells(workshop, semicolons, { delimiter: ";" })).toEqual(read);
});

test("a cell of 3 MB with quotes, and 20,000 records, over the pieces in which a file is read", async () => {
  await using workshop = await openWorkshop();
  const file = workshop.path("rows.csv");
  const long = `${'é"'.repeat(1_000_000)}.`;
  const rows = Array.from({ length: 20_000 }, (_, index) => `${index},"${"x".repeat(index % 100)}"\r\n`);
  await writeFile(file, `a,b\r\n-1,"${long.replaceAll('"', '""')}"\r\n${rows.join("")}`);
  const cells = (await sideCells(workshop, file)).rows;
  expect(cells[0]).toEqual(["-1", long]);
  expect(cells.slice(1)).toEqual(rows.map((_, index) => [String(index), "x".repeat(index % 100)]));
});

const tornCsv: Record<string, { text: string | Buffer; message: RegExp }> = {
  "a quote that is never closed": { text: 'a,b\n1,2\n3,"x\n4,5\n', message: /line 3: a quote is opened and never closed/ },
  "letters behind a closing quote": { text: 'a,b\n"x\ny",1\n1,"x"y\n', message: /line 4: "y\\n" follows a closing quote/ },
  "a cell too many": { text: "a,b\n1,2,3\n", message: /line 2: a record of 3 cells under a header of 2/ },
  "a cell too few": { text: "a,b\n1\n", message: /line 2: a record of 1 cells/ },
  "a last line that is cut short": { text: "a,b\n1,2\n3", message: /line 3: a record of 1 cells/ },
  "bytes that are not UTF-8": { text: Buffer.from([0x61, 0x0a, 0xff, 0x0a]), message: /is not UTF-8/ },
  "a letter that is cut short": { text: Buffer.from([0x61, 0x0a, 0xc3]), message: /is not UTF-8/ },
  "no header": { text: "", message: /is empty/ },
};

test.each(Object.entries(tornCsv))("CSV: %s is refused where it stands", async (_title, { text, message }) => {
  await using workshop = await openWorkshop();
  const file = workshop.path("rows.csv");
  await writeFile(file, text);
  await expect(sideCells(workshop, file)).rejects.toMatchObject({ code: "DATASET_UNREADABLE", message: expect.stringMatching(message) });
});

test("CSV: files are read as one only where all have the same header", async () => {
  await using workshop = await openWorkshop();
  await writeFile(path.join(workshop.directory, "1.csv"), "a,b\n1,2\n");
  await writeFile(path.join(workshop.directory, "2.csv"), "a,b\n3,4\n");
  const { rows } = await sideCells(workshop, path.join(workshop.directory, "*.csv"));
  expect(new Set(rows.map(String))).toEqual(new Set(["1,2", "3,4"]));
  for (const header of ["a,c", "c,b", "b,a"]) {
    await writeFile(path.join(workshop.directory, "2.csv"), `${header}\n3,4\n`);
    await expect(sideCells(workshop, path.join(workshop.directory, "*.csv"))).rejects.toMatchObject({
      code: "DATASET_UNREADABLE",
      message: expect.stringMatching(/2\.csv, line 1: another header than in the first file/),
    });
  }
});

const json: Record<string, { text: string; columns: object; rows: Cell[][] }> = {
  "an object a line, numbers by value": {
    text: '{"a":1.0,"b":"x"}\n\n{"a":9007199254740993,"b":"1.0"}\n{"a":1e2,"b":""}',
    columns: { a: "number", b: "text" },
    rows: [
      ["1", "x"],
      ["9007199254740993", "1.0"],
      ["100", ""],
    ],
  },
  "an array, whatever its line breaks": { text: ' [ {"a":1},\n\n{\n "a" : 2 } ] \n', columns: { a: "number" }, rows: [["1"], ["2"]] },
  "values of several kinds are JSON": { text: '{"a":1}\n{"a":"1"}\n{"a":true}', columns: { a: "json" }, rows: [["1"], ['"1"'], ["true"]] },
  "a number and a text are two kinds": { text: '{"a":1}\n{"a":"1"}', columns: { a: "json" }, rows: [["1"], ['"1"']] },
  "null and lacking are kept apart": {
    text: '{"a":null,"b":1}\n{"b":2}',
    columns: { a: "json", b: "number" },
    rows: [
      ["null", "1"],
      [null, "2"],
    ],
  },
  "only null, or only lacking, is NULL": {
    text: '{"a":null,"b":true}\n{"a":"x"}',
    columns: { a: "text", b: "boolean" },
    rows: [
      [null, "true"],
      ["x", null],
    ],
  },
  "nested values in their normal form": { text: '{"a":{"b":[1.0],"a":null}}', columns: { a: "json" }, rows: [['{"a":null,"b":[1]}']] },
  "brackets, commas, line breaks and quotes in strings end no document": {
    text: String.raw`[{"a":"]},{#","b":"\"}\\"},` + "\n" + String.raw`{"a":"[{","b":"#"}]`,
    columns: { a: "text", b: "text" },
    rows: [
      ["]},{#", String.raw`"}` + "\\"],
      ["[{", "#"],
    ],
  },
  "escapes, NUL and U+2028": { text: String.raw`{"a":"A\u0000\u2028\ud83d\ude00\/"}`, columns: { a: "text" }, rows: [["A\0\u2028😀/"]] },
  "half of a pair is no text, but kept": {
    text: String.raw`{"a":"\ud800"}` + "\n" + String.raw`{"a":"\ud801"}`,
    columns: { a: "json" },
    rows: [[String.raw`"\ud800"`], [String.raw`"\ud801"`]],
  },
  "names that objects have by themselves": {
    text: '{"constructor":1,"toString":null}',
    columns: { constructor: "number", toString: "json" },
    rows: [["1", "null"]],
  },
};

test.each(Object.entries(json))("JSON: %s", async (_title, { text, columns, rows }) => {
  await using workshop = await openWorkshop();
  const file = workshop.path("rows.json");
  await writeFile(file, text);
  expect(await sideCells(workshop, file)).toEqual({ columns, rows });
});

const tornJson: Record<string, { text: string; message: RegExp }> = {
  "an array that is never closed": { text: '[{"a":1},\n{"a":2}', message: /line 2: the array is never closed/ },
  "a missing element": { text: '[{"a":1},\n]', message: /line 2: an element of the array is missing/ },
  "something behind the array": { text: '[{"a":1}]\n{"a":2}', message: /line 2: .* stands behind the array/ },
  "a last line that is cut short": { text: '{"a":1}\n{"a":', message: /line 2: this is no JSON/ },
  "a line that is no object": { text: '{"a":1}\n7\n', message: /line 2: this is no object/ },
  "a key that stands twice": { text: '{"a":1,"a":1}\n', message: /line 1: the object names a key twice/ },
  "two objects on a line": { text: '{"a":1} {"a":2}\n', message: /line 1: this is no JSON/ },
};

test.each(Object.entries(tornJson))("JSON: %s is refused where it stands", async (_title, { text, message }) => {
  await using workshop = await openWorkshop();
  const file = workshop.path("rows.ndjson");
  await writeFile(file, text);
  await expect(sideCells(workshop, file)).rejects.toMatchObject({ code: "DATASET_UNREADABLE", message: expect.stringMatching(message) });
});

/** Compares two files of these texts by the column `id`, where they have one. */
async function compared(
  texts: Readonly<Record<"reference" | "current", readonly [name: string, text: string]>>,
  types: Readonly<Record<string, string>> = {},
) {
  await using workshop = await openWorkshop();
  const { tables } = workshop;
  const [reference, current] = [workshop.path(texts.reference[0]), workshop.path(texts.current[0])];
  await writeFile(reference, texts.reference[1]);
  await writeFile(current, texts.current[1]);
  const sides = await openSides({ tables, reference, current, types });
  return await compareRelations({ tables, ...sides, rules: { key: ["id"], ignore: [] } });
}

test("a field that is lacking is not null: both sides are read alike, though each alone has only one of them", async () => {
  const found = await compared({
    reference: ["a.ndjson", '{"id":1,"v":null}\n{"id":2,"v":1}'],
    current: ["b.ndjson", '{"id":1}\n{"id":2,"v":1.0}'],
  });
  expect(found).toMatchObject({ verdict: "different", changed: 1, columns: [{ name: "v", changed: 1 }], schema: [] });
});

test("CSV with declared types is compared with JSON by value", async () => {
  const reference = ["a.csv", "id,v,t\n1,1.50,x\n2,-0.5,\n"] as const;
  const current = ["b.json", '[{"id":1,"v":1.5,"t":"x"},{"id":2,"v":-5e-1,"t":null}]'] as const;
  expect(await compared({ reference, current }, { id: "int64", v: "decimal(5,2)" })).toMatchObject({
    changed: 0,
    added: 0,
    removed: 0,
    notCompared: [],
  });
});

test("a value that is not of its declared type is refused, and the file that the user named is named", async () => {
  const sides = { reference: ["a.csv", "id,v\n1,1.505\n"], current: ["b.csv", "id,v\n1,1.5\n"] } as const;
  await expect(compared(sides, { v: "decimal(5,2)" })).rejects.toMatchObject({
    code: "DATASET_UNREADABLE",
    message: expect.stringMatching(/a\.csv failed: column "v" is decimal\(5,2\), and "1\.505" is no such value/),
  });
  await expect(compared(sides, { w: "int64" })).rejects.toMatchObject({ code: "USAGE" });
  await expect(compared(sides, { v: "integer" })).rejects.toMatchObject({ code: "USAGE" });
});

test.each(["json", "number"])("a byte order mark before a value is part of it, which is no %s then", async (type) => {
  const sides = { reference: ["a.csv", 'id,v\n1,"\uFEFF1"\n'], current: ["b.csv", "id,v\n1,1\n"] } as const;
  await expect(compared(sides, { v: type })).rejects.toMatchObject({
    code: "DATASET_UNREADABLE",
    message: expect.stringMatching(new RegExp(`column "v" is ${type}, and .* is no such value`)),
  });
});
