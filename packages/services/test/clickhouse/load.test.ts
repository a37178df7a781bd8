import { afterAll, beforeAll, expect, test } from "vitest";
import { rowsOf } from "../embedded-service.ts";
import { startServer, type TestServer } from "./server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

function script(text: string): Promise<number> {
  return server.session.load({ kind: "script", name: "seeds/a.sql", text });
}

function rows(table: string, ...given: Record<string, unknown>[]): Promise<number> {
  return server.session.load({ kind: "rows", name: "seeds/a.ndjson", table, rows: rowsOf(...given) });
}

test("a script runs statement by statement in one session", async () => {
  const text =
    "CREATE TEMPORARY TABLE x AS SELECT 'a;b' AS v;\nSET max_block_size = 7; -- c;\nCREATE TABLE made ENGINE = Memory AS SELECT v, getSetting('max_block_size') AS size FROM x;";
  expect(await script(text)).toBe(3);
  expect(await server.ask("SELECT v, size FROM made")).toBe("a;b\t7");
});

test("a script that fails names seed, line, statement and the server's message", async () => {
  const failed = script("CREATE TABLE before (n UInt8) ENGINE = Memory;\n\nINSERT INTO missing\nVALUES (1);\nSELECT 3");
  await expect(failed).rejects.toMatchObject({
    code: "SEED_FAILED",
    exitCode: 2,
    message: expect.stringMatching(/seeds\/a\.sql.*line 3 \(statement 2 of 3\).*missing.*60/s),
  });
  await expect(script("SELECT 1;\nSELECT 'a")).rejects.toMatchObject({
    code: "SEED_FAILED",
    message: expect.stringMatching(/string.*line 2/),
  });
});

test("rows keep their text, whatever it looks like, and their numbers to the last digit", async () => {
  await script("CREATE TABLE documents (id UInt64, doc JSON) ENGINE = MergeTree ORDER BY id");
  const texts = [
    "2024-01-05",
    "10:00",
    "2024-01-05 10:00:00",
    "2024-01-05T10:00:00Z",
    "1.10.0",
    "1",
    "007",
    "",
    "trailing ",
    "\u00e9",
    "e\u0301",
    "null",
    "日本🎭",
    'a"\\\n',
  ];
  const doc = {
    ...Object.fromEntries(texts.map((text, index) => [`t${index}`, text])),
    big: 2n ** 53n + 1n,
    flag: true,
    half: 0.5,
    "a.b": { c: "dotted" },
    list: ["2024-01-05", "x"],
  };
  expect(await rows("documents", { id: 2n ** 64n - 1n, doc }, { id: 1, doc: { only: null } })).toBe(2);
  const [stored = "", types = ""] = (
    await server.ask(
      "SELECT toJSONString(doc), toString(arraySort(arrayDistinct(mapValues(JSONAllPathsWithTypes(doc))))) FROM documents WHERE id = 18446744073709551615 FORMAT TSVRaw",
    )
  ).split("\t");
  expect(stored).toContain('"big":9007199254740993,');
  // The engine itself takes a dot in a field's name for a path.
  const { "a.b": dotted, ...others } = doc;
  expect(JSON.parse(stored)).toEqual({ ...others, a: { b: dotted }, big: Number(doc.big) });
  expect(types).toBe("['Array(Nullable(String))','Bool','Float64','Int64','String']");
});

test("dates and times of rows are read in the usual spellings", async () => {
  await script(
    "CREATE TABLE moments (id UInt8, at DateTime64(6), day Date, price Decimal(10, 2), maybe Nullable(String) DEFAULT 'x') ENGINE = MergeTree ORDER BY id",
  );
  await rows(
    "moments",
    { id: 1, at: "2024-01-05T10:00:00.123456Z", day: "2024-01-05", price: "1.10", maybe: null },
    { id: 2, at: "2024-01-05 12:00:00.123456+02:00", day: "2024-01-05", price: 1.1 },
  );
  expect(await server.ask("SELECT at, day, price, maybe FROM moments ORDER BY id")).toBe(
    "2024-01-05 10:00:00.123456\t2024-01-05\t1.1\t\\N\n2024-01-05 10:00:00.123456\t2024-01-05\t1.1\tx",
  );
});

test("200,000 rows go in within ten seconds", async () => {
  await script("CREATE TABLE many (id UInt32, v String) ENGINE = MergeTree ORDER BY id");
  async function* many(): AsyncGenerator<Record<string, unknown>> {
    for (let id = 0; id < 200_000; id += 1) yield { id, v: `value ${id} é` };
  }
  const start = performance.now();
  expect(await server.session.load({ kind: "rows", name: "many", table: "many", rows: many() })).toBe(200_000);
  expect(performance.now() - start).toBeLessThan(10_000);
  expect(await server.ask("SELECT count(), uniqExact(id), uniqExact(v) FROM many")).toBe("200000\t200000\t200000");
});

test("no rows are no error", async () => {
  expect(await rows("default.nothing_yet").catch((error: unknown) => error)).toMatchObject({ code: "SEED_FAILED" });
  await script("CREATE TABLE default.nothing_yet (n UInt8) ENGINE = Memory");
  expect(await rows("default.nothing_yet")).toBe(0);
  expect(await rows("default.nothing_yet", { n: 1 })).toBe(1);
});

test("an unknown column, a bad value and a missing table are refused by name", async () => {
  await script("CREATE TABLE strict (id UInt8, color String) ENGINE = MergeTree ORDER BY id");
  await expect(rows("strict", { id: 1 }, { id: 2, colour: "red" })).rejects.toMatchObject({
    code: "SEED_FAILED",
    message: expect.stringMatching(/seeds\/a\.ndjson.*strict.*colour.*; did you mean "color"\?$/s),
  });
  await expect(rows("strict", { id: "many" })).rejects.toMatchObject({ code: "SEED_FAILED" });
  await expect(rows("nowhere", { id: 1 })).rejects.toMatchObject({ code: "SEED_FAILED", message: expect.stringContaining("nowhere") });
});

test("the server's refusal is heard although there is much still to send", async () => {
  async function* many(): AsyncGenerator<Record<string, unknown>> {
    for (let id = 0; id < 100_000; id += 1) yield { id, v: "x".repeat(100) };
  }
  const refused = server.session.load({ kind: "rows", name: "many", table: "nowhere", rows: many() });
  await expect(refused).rejects.toMatchObject({ code: "SEED_FAILED", message: expect.stringContaining("nowhere") });
});

test("when the source of the rows fails, its own error comes out", async () => {
  await script("CREATE TABLE broken_source (id UInt8) ENGINE = MergeTree ORDER BY id");
  const reason = new Error("the program ended with 3");
  async function* broken(): AsyncGenerator<Record<string, unknown>> {
    yield { id: 1 };
    throw reason;
  }
  await expect(server.session.load({ kind: "rows", name: "p", table: "broken_source", rows: broken() })).rejects.toBe(reason);
  expect(await server.ask("SELECT count() FROM broken_source")).toBe("0");
});
