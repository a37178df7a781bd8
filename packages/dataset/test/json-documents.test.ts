import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { jsonDocuments } from "../src/files/json-documents.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "rehearse-json-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** The documents, each as its line and its text; what is wrong as the text of the message behind the file's name. */
async function read(text: string): Promise<unknown[]> {
  const file = path.join(folder, "rows.json");
  await writeFile(file, text);
  const found: unknown[] = [];
  try {
    for await (const document of jsonDocuments(file)) found.push([document.line, document.text]);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    found.push(error.message.replace(`${file}, `, ""));
  }
  return found;
}

test("documents follow each other by line, each from its first letter on, and blank lines are none", async () => {
  expect(await read('{"":1}\n\r\n \t{"a":[1,2]}  \n\n"x"\n7')).toEqual([
    [1, '{"":1}'],
    [3, '{"a":[1,2]}  '],
    [5, '"x"'],
    [6, "7"],
  ]);
  expect(await read('{"a":{\n"b":[\n1]}}\n{"a":\n2}\n')).toEqual([
    [1, '{"a":{\n"b":[\n1]}}'],
    [4, '{"a":\n2}'],
  ]);
});

test("an array gives its elements, whatever white space stands around them", async () => {
  expect(await read(' \t\r\n[\r\n\t{"a":1,"b":[1,{"c":[]}]} ,\n[1,2]\t,"x,]" , 7\n]\r\n\t \n')).toEqual([
    [3, '{"a":1,"b":[1,{"c":[]}]} '],
    [4, "[1,2]\t"],
    [4, '"x,]" '],
    [4, "7\n"],
  ]);
  for (const empty of ["[]", "[ ]", "\n[\n]\n"]) expect(await read(empty)).toEqual([]);
  for (const nothing of ["", " ", "\n\t\r\n"]) expect(await read(nothing)).toEqual([]);
});

test("quotes and backslashes end a string only where they do", async () => {
  const text = String.raw`{"":"","\"":"\\","a":"\\\"]},","b\\":"{[","\\\\":1}`;
  expect(await read(`[${text},${text}]`)).toEqual([
    [1, text],
    [1, text],
  ]);
  expect(await read(`${text}\n${text}`)).toEqual([
    [1, text],
    [2, text],
  ]);
});

test.each<[text: string, ...found: unknown[]]>([
  ["[1,]", [1, "1"], "line 1: an element of the array is missing"],
  ["[,1]", "line 1: an element of the array is missing"],
  ["[1\n,\n,2]", [1, "1\n"], "line 3: an element of the array is missing"],
  ["[1\n", "line 2: the array is never closed: the file is cut short"],
  ["[", "line 1: the array is never closed: the file is cut short"],
  ["[1,\n[2]", [1, "1"], "line 2: the array is never closed: the file is cut short"],
  ["[1]\n\n2", [1, "1"], 'line 3: "2" stands behind the array'],
  ["[1]]", [1, "1"], 'line 1: "]" stands behind the array'],
  ["[1],", [1, "1"], 'line 1: "," stands behind the array'],
  ["[[1]]]", [1, "[1]"], 'line 1: "]" stands behind the array'],
  ["[] x12345678901234567890", 'line 1: "x1234567890123456789" stands behind the array'],
])("%j is refused where it is wrong", async (text, ...found) => {
  expect(await read(text)).toEqual(found);
});

test("it does not matter where the pieces end in which a file is read", async () => {
  const tail = String.raw`{"":["\"\\"]}`;
  for (let shift = 0; shift <= tail.length + 3; shift += 1) {
    const pad = "x".repeat(2 ** 20 - shift - 4);
    expect([shift, ...(await read(`"${pad}"\n\n${tail}\n\n${tail}`)).slice(1)]).toEqual([shift, [3, tail], [5, tail]]);
    expect([shift, ...(await read(`["${pad}",\n${tail}\n,${tail}\n]\n`)).slice(1)]).toEqual([shift, [2, `${tail}\n`], [3, `${tail}\n`]]);
  }
});
