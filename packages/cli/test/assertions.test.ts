import { createServer, type Server } from "node:http";
import { once } from "node:events";
import { readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { reportOf } from "./regression.ts";
import { Workplace, type Ended } from "./workplace.ts";

const claims = path.join(import.meta.dirname, "scenarios", "claims");
const modules = path.resolve(import.meta.dirname, "../../../node_modules");

/** Rehearses a file of the scenario, and what it says of each assertion. */
async function assertionsOf(file: string, { place, scenario }: { place: Workplace; scenario: string }) {
  const ended = await place.rehearse(["test", path.join(scenario, file)]);
  return { ended, found: findings(scenario, ended) };
}

function findings(scenario: string, ended: Ended): Record<string, string> {
  if (ended.code !== 0 && ended.code !== 1) throw new Error(ended.stdout + ended.stderr);
  const asserted = reportOf(scenario).checks.filter(({ kind }) => kind === "assert");
  return Object.fromEntries(asserted.map(({ name, verdict, reason }) => [name, reason === "" ? verdict : `${verdict}: ${reason}`]));
}

async function copied(place: Workplace): Promise<string> {
  const scenario = await place.copy(claims);
  await symlink(modules, path.join(scenario, "node_modules"));
  return scenario;
}

test("each kind of claim holds where it is true, and says why where it is not", async () => {
  await using place = await Workplace.make();
  const scenario = await copied(place);
  const { found: held } = await assertionsOf("rehearse.yml", { place, scenario });
  expect(Object.keys(held)).toHaveLength(15);
  expect(Object.fromEntries(Object.entries(held).filter(([, verdict]) => verdict !== "same"))).toEqual({});

  const { ended, found } = await assertionsOf("fails.yml", { place, scenario });
  expect(ended.code).toBe(1);
  expect(found).toEqual({
    "another cell": "failed",
    "not contained": "failed: 2 of 3 rows are not in the answer of 3 rows",
    "contained once only": "failed: 1 of 2 rows is not in the answer of 1 row",
    "too long to search": "not compared: only 10000 of the 10001 rows of the answer were kept: ask for fewer",
    "too few rows": "failed: expected at least 4 rows, got 3 rows",
    "too many rows": "failed: expected at most 1 row, got 3 rows",
    "not empty": "failed: expected no row, got 1 row",
    "not invariant": "failed: the answer changed: 3 rows before and after, with other contents",
    "not there before": 'failed: no answer: before the stage: The query failed on line 1: relation "nowhere" does not exist',
    "not comparable": "failed: no answer: column class (regclass) cannot be compared: cast it in the query",
    orphans: "failed: 3 of 6 values of core.orders.account_id are not in core.accounts.id",
    "orphans of nobody": "failed: no answer: There is no table nobody",
    "orphans of another type": "failed: no answer: the child's owner is text, the parent's id is int32: their values cannot be compared",
    "orphans of no column": 'failed: no answer: there is no column "name", only id, owner, balance',
    "too few files": "failed: expected at least 2 files, got 1 file",
    "empty files": "failed: parts/empty.csv has no byte, expected at least 1 byte",
    "other contents": 'failed: report.csv does not hold "3,5.50"',
    "a link": "failed: no answer: link.mjs in the output folder is no file of its own: what it leads to may be older than the run",
  });
  const { checks } = reportOf(scenario);
  const detail = (name: string) => checks.find((check) => check.name === name)?.detail;
  expect(detail("orphans")).toMatchObject({ examples: ["8", "9"] });
  expect(detail("not empty")).toMatchObject({ expected: [], got: [["2", "bob"]] });
  expect(detail("not contained")).toMatchObject({ expected: [["4"], ["1"]], got: [] });
  expect(detail("not invariant")).toMatchObject({
    expected: [
      ["1", "10.00"],
      ["2", "20.00"],
    ],
    got: [
      ["1", "7.50"],
      ["2", "22.50"],
    ],
  });
});

test("a run that is over is judged by today's claims as far as it was asked", async () => {
  await using place = await Workplace.make();
  const scenario = await copied(place);
  await assertionsOf("rehearse.yml", { place, scenario });
  const file = path.join(scenario, "rehearse.yml");
  const other = (await readFile(file, "utf8"))
    .replace("rows: 3 }", "rows: 4 }")
    .replace("[[7.5], [22.5], [5.5]]", "[[7.5], [22.5], [6]]")
    .replace("where balance < 0", "where balance < 1")
    .replace("min: 1500, max: 2000", "min: 2001")
    .replace("count: 2 }", "count: 3 }");
  await writeFile(file, other);
  const ended = await place.rehearse(["check", scenario]);
  expect(Object.fromEntries(Object.entries(findings(scenario, ended)).filter(([, verdict]) => verdict !== "same"))).toEqual({
    equals: "failed",
    rows: "failed: expected 4 rows, got 3 rows",
    "rows between": "failed: expected at least 2001 rows, got 2000 rows",
    empty: "not compared: the run was asked something else",
    "files of folders": "failed: expected 3 files, got 2 files",
  });
});

test("files that an earlier run left do not pass for those of this one", async () => {
  await using place = await Workplace.make();
  const scenario = await copied(place);
  expect((await assertionsOf("rehearse.yml", { place, scenario })).found["the report"]).toBe("same");
  const program = path.join(scenario, "move.mjs");
  await writeFile(program, (await readFile(program, "utf8")).replace(/await writeFile\(path.join\(OUTPUT, "report.csv"\).*\n/, ""));
  const { found } = await assertionsOf("rehearse.yml", { place, scenario });
  expect(found["the report"]).toBe("failed: expected 1 file, got no file");
});

test("an HTTP answer is judged by status, text and JSON, within its time and without a redirect", async () => {
  await using place = await Workplace.make();
  await using server = await listening();
  const scenario = await copied(place);
  const file = path.join(scenario, "http.yml");
  const [base, login] = [server.url, server.url.replace("http://", "http://ada:s3%20cret@")];
  await writeFile(file, (await readFile(file, "utf8")).replaceAll("BASE", base).replaceAll("LOGIN", login));
  const { found } = await assertionsOf("http.yml", { place, scenario });
  expect(found).toEqual({
    ok: "same",
    text: "same",
    json: "same",
    "other number": "failed: the body at /total: expected 12345678901234567891, got 12345678901234567890",
    "other list": 'failed: the body at /lines: expected [], got [{"id":1.5,"note":null,"more":0}]',
    "other key": 'failed: the body at /lines/0/name: expected "a", got nothing',
    "no json": expect.stringContaining("failed: the body is not JSON"),
    missing: "same",
    "not missing": "failed: expected status 404, got 200",
    "redirect is not followed": "failed: expected status 200, got 302",
    redirect: "same",
    "in time": "same",
    "not in time": "failed: expected status 200, got 503",
    hangs: "failed: no answer: nothing came within 0.2 s",
    endless: "failed: no answer: its body is longer than 1048576 bytes",
    login: "same",
    nobody: expect.stringMatching(/^failed: no answer: ./),
    "a database": "failed: no answer: it is no URL of HTTP",
  });
  expect(server.asked("/never-ready")).toBeGreaterThan(1);
});

interface Listening extends AsyncDisposable {
  readonly url: string;
  asked(path: string): number;
}

/** A server that answers in every way that an assertion has to stand. */
async function listening(): Promise<Listening> {
  const asked = new Map<string, number>();
  const server: Server = createServer((request, response) => {
    const { url = "", headers } = request;
    const times = (asked.get(url) ?? 0) + 1;
    asked.set(url, times);
    if (url === "/ok")
      response.end('{"total": 12345678901234567890, "lines": [{"id": 1.5, "note": null, "more": 0}], "open": true, "more": {}}');
    else if (url === "/text") response.end("total: 1");
    else if (url === "/moved") response.writeHead(302, { location: "/ok" }).end();
    else if (url === "/slowly-ready") response.writeHead(times < 3 ? 503 : 200).end();
    else if (url === "/never-ready") response.writeHead(503).end();
    else if (url === "/endless") response.end("x".repeat(2 ** 20 + 1));
    else if (url === "/login") response.end(Buffer.from(headers.authorization?.replace("Basic ", "") ?? "", "base64"));
    else if (url !== "/hangs") response.writeHead(404).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a port was asked for");
  return {
    url: `http://127.0.0.1:${address.port}`,
    asked: (url) => asked.get(url) ?? 0,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
