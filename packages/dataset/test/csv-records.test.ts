import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { csvRecords } from "../src/files/csv-records.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "rehearse-csv-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** The records, each as its line and its cells; what is wrong as the text of the message behind the file's name. */
async function read(text: string | Buffer, delimiter = ","): Promise<unknown[]> {
  const file = path.join(folder, "rows.csv");
  await writeFile(file, text);
  const found: unknown[] = [];
  try {
    for await (const { line, cells } of csvRecords(file, delimiter)) found.push([line, ...cells]);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    found.push(error.message.replace(`${file}, `, ""));
  }
  return found;
}

test("records say the line on which they begin, whatever line breaks stand in their cells", async () => {
  expect(await read('a,b\n"1\n\n\n2",x\n\n"\n"\ny\r\n"\r\n",z\n')).toEqual([
    [1, "a", "b"],
    [2, "1\n\n\n2", "x"],
    [6, null],
    [7, "\n"],
    [9, "y"],
    [10, "\r\n", "z"],
  ]);
});

test("cells of one letter, empty ones, quotes of quotes and carriage returns are told apart", async () => {
  expect(await read('"",,""""\n"""","""""",a""\n\r,"\r",a\rb\r\n,\n')).toEqual([
    [1, "", null, '"'],
    [2, '"', '""', 'a""'],
    [3, "\r", "\r", "a\rb"],
    [4, null, null],
  ]);
});

test("the first cell and the last may be empty, with each line break", async () => {
  expect(await read(",a\r\n\r\n\nb,")).toEqual([
    [1, null, "a"],
    [2, null],
    [3, null],
    [4, "b", null],
  ]);
  expect(await read("")).toEqual([]);
  expect(await read("\n")).toEqual([[1, null]]);
});

test("another delimiter than the comma leaves commas alone", async () => {
  expect(await read('a,b|"c|d"|\n', "|")).toEqual([[1, "a,b", "c|d", null]]);
});

test("what follows a closing quote is shown, at most twenty letters of it, and where", async () => {
  expect(await read('a\n"x\n"yz0123456789012345678901234\n')).toEqual([[1, "a"], 'line 2: "yz012345678901234567" follows a closing quote']);
  expect(await read('a\n"x"y')).toEqual([[1, "a"], String.raw`line 2: "y\n" follows a closing quote`]);
  expect(await read('"x"\ry\n')).toEqual([String.raw`line 1: "\ry\n" follows a closing quote`]);
  expect(await read('"x"y\r\n')).toEqual([String.raw`line 1: "y\r\n" follows a closing quote`]);
  expect(await read('"x"\r')).toEqual([[1, "x"]]);
});

test("a quote that is never closed is told from one that is", async () => {
  const message = "a quote is opened and never closed: the file is cut short, or a quote within a cell is not doubled";
  expect(await read('a\nb\n"')).toEqual([[1, "a"], [2, "b"], `line 3: ${message}`]);
  expect(await read('a\nb\n"x""')).toEqual([[1, "a"], [2, "b"], `line 3: ${message}`]);
  expect(await read('a\nb\n""')).toEqual([
    [1, "a"],
    [2, "b"],
    [3, ""],
  ]);
});

test("bytes that are no UTF-8, and a file that cannot be read, are said to be so", async () => {
  for (const bytes of [
    [0x61, 0xff, 0x0a],
    [0x61, 0x0a, 0xc3],
  ])
    expect((await read(Buffer.from(bytes))).at(-1)).toBe(`${path.join(folder, "rows.csv")} is not UTF-8`);
  await expect(csvRecords(path.join(folder, "none.csv"), ",").next()).rejects.toMatchObject({
    code: "DATASET_UNREADABLE",
    message: expect.stringMatching(/none\.csv cannot be read: /),
  });
});

test("it does not matter where the pieces end in which a file is read", async () => {
  const tail = 'a,"b""c"\r\n"",""""\r\n"x\r\n",y,\r\n\r\n"zé😀"';
  const records = [
    [2, "a", 'b"c'],
    [3, "", '"'],
    [4, "x\r\n", "y", null],
    [6, null],
    [7, "zé😀"],
  ];
  for (let shift = 0; shift <= Buffer.byteLength(tail); shift += 1) {
    const pad = "x".repeat(2 ** 20 - shift - 1);
    expect([shift, ...(await read(`${pad}\n${tail}`)).slice(1)]).toEqual([shift, ...records]);
  }
});
