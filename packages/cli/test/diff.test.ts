import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { reportSchema } from "@rehearse/rehearsal";
import { Workplace } from "./workplace.ts";

const old = "id,amount,name\n1,1.10,a\n2,2.5,b\n3,3,c\n";
const now = "id,amount,name\n1,1.1,a\n2,2.75,\n4,3,c\n";

async function files(place: Workplace, texts: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(place.root, { recursive: true });
  for (const [name, text] of Object.entries(texts)) await writeFile(path.join(place.root, name), text);
}

test("two files: what differs is shown row by row, exit code 1, and nothing is left beside them", async () => {
  await using place = await Workplace.make();
  await files(place, { "old.csv": old, "new.csv": now });
  const before = readdirSync(place.root);
  const { code, stdout } = await place.rehearse([
    "diff",
    "old.csv",
    "new.csv",
    "--key",
    "id",
    "--type",
    "amount=decimal(10,2)",
    "--explain",
  ]);
  expect(code).toBe(1);
  for (const said of ["+1 −1 ~1", "2.50 → 2.75", "+0.25", "b → NULL", "against  old.csv", "was compared by"])
    expect(stdout).toContain(said);
  expect(readdirSync(place.root)).toEqual(before);
});

test("two files of the same values: exit code 0, though their bytes, formats and order of rows differ", async () => {
  await using place = await Workplace.make();
  await files(place, {
    "old.csv": old,
    "new.ndjson": '{"id":3,"amount":3,"name":"c"}\n{"name":"b","id":2,"amount":25e-1}\n{"id":1,"amount":1.1,"name":"a"}\n',
  });
  const same = await place.rehearse([
    "diff",
    "old.csv",
    "new.ndjson",
    "--key",
    "id",
    "--type",
    "id=int64",
    "--type",
    "amount=decimal(10,2)",
    "--json",
  ]);
  expect([same.code, same.stderr]).toEqual([0, ""]);
  expect(reportSchema.parse(JSON.parse(same.stdout))).toMatchObject({
    verdict: "same",
    against: { kind: "file", path: "old.csv" },
    checks: [{ name: "new.ndjson", counts: { reference: 3, current: 3, added: 0, removed: 0, changed: 0 } }],
  });
});

test("every format of a report is printed", async () => {
  await using place = await Workplace.make();
  await files(place, { "old.csv": old, "new.csv": now });
  const begins = { json: "{", markdown: "<!--", junit: "<?xml", html: "<!doctype html>" };
  for (const [format, beginning] of Object.entries(begins)) {
    const { code, stdout } = await place.rehearse(["diff", "old.csv", "new.csv", "--key", "id", "--format", format]);
    expect([format, code, stdout.slice(0, beginning.length)]).toEqual([format, 1, beginning]);
    expect(stdout).toContain("new.csv");
    expect(stdout).not.toContain("after <code></code>");
  }
});

test("ignored columns are not compared, and a name with a comma doubles it", async () => {
  await using place = await Workplace.make();
  await files(place, { "old.csv": '"a,b",c,d\n1,2,3\n', "new.csv": '"a,b",c,d\n1,4,5\n' });
  expect((await place.rehearse(["diff", "old.csv", "new.csv", "--key", "a,,b", "--ignore", "c,d"])).code).toBe(0);
  expect((await place.rehearse(["diff", "old.csv", "new.csv", "--key", "a,,b", "--ignore", "c", "--ignore", "d"])).code).toBe(0);
  expect((await place.rehearse(["diff", "old.csv", "new.csv", "--key", "a,,b", "--ignore", "c"])).code).toBe(1);
  const all = await place.rehearse(["diff", "old.csv", "new.csv", "--ignore", "a,,b", "--ignore", "c,d"]);
  expect([all.code, all.stdout]).toEqual([1, expect.stringContaining("not compared: every column is ignored")]);
});

test.each([
  [["diff", "old.csv", "gone.csv"], 2, "DATASET_NOT_FOUND"],
  [["diff", "old.csv", "new.csv", "--key", "Id"], 2, 'Did you mean "id"'],
  [["diff", "old.csv", "new.csv", "--type", "id"], 2, "--type names no column and type"],
  [["diff", "old.csv", "new.csv", "--type", "id=bigint"], 2, "is no canonical type"],
  [["diff", "old.csv", "new.csv", "--type", "id=text", "--type", "id=int32"], 2, "--type gives the column id two types"],
  [["diff", "old.csv", "new.csv", "--memory", "lots"], 2, "--memory"],
  [["diff", "old.csv", "new.csv", "--memory", "399MB"], 2, "at least 400MB"],
  [["diff", "old.csv", "new.csv", "--examples", "-1"], 2, "--examples"],
  [["diff", "old.csv", "new.csv", "--delimiter", "||"], 2, "--delimiter"],
  [["diff", "old.csv"], 2, "missing required argument"],
  [["diff", "old.csv", "torn.csv"], 2, "FILE_INVALID: torn.csv, line 2"],
  [["diff", "old.csv", "torn.parquet"], 2, "FILE_INVALID: reading torn.parquet failed"],
  [["diff", "old.csv", "new.csv", "--type", "name=int64"], 2, 'FILE_INVALID: reading old.csv failed: column "name" is int64, and "a"'],
])("%s ends with %i", async (args, code, said) => {
  await using place = await Workplace.make();
  await files(place, { "old.csv": old, "new.csv": now, "torn.csv": 'id\n"1', "torn.parquet": "PAR1" });
  const ended = await place.rehearse(args);
  expect([ended.code, ended.stderr]).toEqual([code, expect.stringContaining(said)]);
});

test("a folder's files count whatever the case of their endings; what is no plain file is refused at once", async () => {
  await using place = await Workplace.make();
  for (const [folder, last] of [
    ["one", "4"],
    ["two", "5"],
  ] as const) {
    await mkdir(path.join(place.root, folder), { recursive: true });
    await files(place, { [`${folder}/1.csv`]: "id,a\n1,2\n", [`${folder}/2.CSV`]: `id,a\n3,${last}\n` });
  }
  const folders = await place.rehearse(["diff", "one", "two", "--key", "id", "--json"]);
  expect(reportSchema.parse(JSON.parse(folders.stdout)).checks).toMatchObject([{ counts: { reference: 2, changed: 1 } }]);
  await files(place, { "A.TSV": "id\ta\n1\t2\n", "b.tsv": "id\ta\n1\t3\n" });
  expect((await place.rehearse(["diff", "A.TSV", "b.tsv", "--key", "id"])).stdout).toContain("~1");
  execFileSync("mkfifo", [path.join(place.root, "pipe.csv")]);
  const refused = { code: 2, stderr: expect.stringMatching(/USAGE[^]*pipe\.csv is no plain file/) };
  expect(await place.rehearse(["diff", "pipe.csv", "one/1.csv"])).toMatchObject(refused);
  execFileSync("mkfifo", [path.join(place.root, "two", "pipe.csv")]);
  expect(await place.rehearse(["diff", "one", "two/"])).toMatchObject(refused);
});

test("files below a folder are never passed over: they are refused with the patterns that say what is meant", async () => {
  await using place = await Workplace.make();
  for (const folder of ["one/more", "two"]) await mkdir(path.join(place.root, folder), { recursive: true });
  await files(place, { "one/a.csv": "id\n1\n", "one/more/b.csv": "id\n2\n", "two/a.csv": "id\n1\n" });
  const refused = await place.rehearse(["diff", "one/", "two"]);
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringMatching(/USAGE[^]*one\/more\/b\.csv[^]*'one\/\*\*\/\*\.csv'/) });
  expect((await place.rehearse(["diff", "one/*.csv", "two/*.csv", "--key", "id"])).code).toBe(0);
  expect((await place.rehearse(["diff", "one/**/*.csv", "two/*.csv", "--key", "id"])).code).toBe(1);
});

test("JSON without rows on both sides is the same, whatever the rules name; rows that came are not", async () => {
  await using place = await Workplace.make();
  await files(place, { "none.ndjson": "", "none.json": "[]", "some.ndjson": '{"id":1}\n' });
  const none = await place.rehearse(["diff", "none.ndjson", "none.json", "--key", "id", "--ignore", "at"]);
  expect(none, none.stderr).toMatchObject({ code: 0 });
  expect((await place.rehearse(["diff", "none.ndjson", "some.ndjson", "--key", "id"])).code).toBe(1);
});
