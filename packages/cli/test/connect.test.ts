import { once } from "node:events";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { census, nothingLeft } from "./census.ts";
import { Workplace } from "./workplace.ts";

const scenario = path.join(import.meta.dirname, "scenarios", "shop");
const everything = path.join(import.meta.dirname, "scenarios", "everything");
const driver = createRequire(path.resolve(import.meta.dirname, "../../services/package.json")).resolve("pg");

/** A program that knows where to connect only by the variables of Postgres' own programs. */
const asks = (sql: string): string[] => [
  process.execPath,
  "--eval",
  `const { Client } = require(${JSON.stringify(driver)}); const client = new Client();
   client.connect().then(() => client.query(${sql})).then(({ rows }) => console.log(JSON.stringify(rows))).finally(() => client.end())`,
];

/** The id of the environment that this leaves up. */
async function up(place: Workplace, copy: string): Promise<string> {
  const { code, stdout, stderr } = await place.rehearse(["up", copy, "--provider", "embedded"]);
  expect(code, stderr).toBe(0);
  return /environment ([a-z0-9]{8}) is running/.exec(stdout)?.[1] ?? "";
}

test("a command gets the service's values and its engine's own variables, not the caller's, and its exit code is ours", async () => {
  await using place = await Workplace.make();
  const copy = await place.copy(scenario);
  await up(place, copy);
  const astray = { PGHOST: "192.0.2.1", PGHOSTADDR: "192.0.2.1", PGSERVICE: "production", KEPT: "yes" };
  const counted = await place.rehearse(["connect", "shop", copy, "--", ...asks("'select count(*)::int from customers'")], { env: astray });
  expect(counted).toEqual({ code: 0, stdout: '[{"count":2}]\n', stderr: "" });
  const script = 'echo "$PGHOST:$PGPORT $KEPT ${PGHOSTADDR-none} ${PGSERVICE-none} $SHOP_HOST:$SHOP_PORT $@"; exit 7';
  const echoed = await place.rehearse(["connect", "shop", copy, "--", "sh", "-c", script, "sh", "--json", "--"], { env: astray });
  expect(echoed.code).toBe(7);
  expect(echoed.stdout).toMatch(/^(127\.0\.0\.1:\d+) yes none none \1 --json --\n$/);
  const missing = await place.rehearse(["connect", "shop", copy, "--", "no-such-program"]);
  expect(missing).toMatchObject({ code: 3, stderr: expect.stringContaining('PROCESS_NOT_STARTED: The program "no-such-program"') });
  expect((await place.rehearse(["down", copy])).code).toBe(0);
  expect(census(place)).toEqual(nothingLeft);
});

test("without a command the engine's client is opened, and where none is on PATH it says how to connect, without a password", async () => {
  await using place = await Workplace.make();
  const copy = await place.copy(everything);
  await up(place, copy);
  const bin = path.join(place.root, "bin");
  await mkdir(bin);
  const said: Record<string, string> = {};
  for (const [service, program] of [
    ["shop", "psql"],
    ["warehouse", "clickhouse"],
    ["documents", "aws"],
  ] as const) {
    const { code, stdout } = await place.rehearse(["connect", service, copy], { env: { PATH: bin } });
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`no client for it is on PATH \\(.*${program}`));
    said[service] = stdout;
    await writeFile(path.join(bin, program), '#!/bin/sh\necho "$0 $*"; env\n');
    await chmod(path.join(bin, program), 0o755);
    const opened = await place.rehearse(["connect", service, copy], { env: { PATH: `${bin}:/usr/bin:/bin` } });
    said[`${service} opened`] = opened.stdout;
  }
  const file = /source (\S+)/.exec(said["shop"] ?? "")?.[1] ?? "";
  const values = Object.fromEntries(
    Array.from((await readFile(file, "utf8")).matchAll(/^export (\w+)='(.*)'$/gm), ([, name, value]) => [name, value]),
  );
  const secrets = [values["SHOP_PASSWORD"], values["WAREHOUSE_PASSWORD"], values["DOCUMENTS_SECRET_ACCESS_KEY"]];
  expect(secrets.every((secret) => secret !== undefined && secret.length > 16)).toBe(true);
  for (const secret of secrets) for (const service of ["shop", "warehouse", "documents"]) expect(said[service]).not.toContain(secret);

  const opened = (service: string): [command: string, variables: string] => {
    const [command = "", ...variables] = (said[`${service} opened`] ?? "").split("\n");
    return [command, variables.join("\n")];
  };
  const [psql, postgresVariables] = opened("shop");
  expect(psql).toBe(`${bin}/psql `);
  expect(postgresVariables).toContain(`PGPASSWORD=${values["SHOP_PASSWORD"]}\n`);
  const [clickhouse, clickhouseVariables] = opened("warehouse");
  expect(clickhouse).toBe(
    `${bin}/clickhouse client --host 127.0.0.1 --port ${values["WAREHOUSE_TCP_PORT"]} --user rehearse --database warehouse`,
  );
  expect(clickhouseVariables).toContain(`CLICKHOUSE_PASSWORD=${values["WAREHOUSE_PASSWORD"]}\n`);
  const [aws, awsVariables] = opened("documents");
  expect(aws).toBe(`${bin}/aws dynamodb list-tables --endpoint-url ${values["DOCUMENTS_ENDPOINT"]}`);
  expect(awsVariables).toContain(`AWS_ENDPOINT_URL_DYNAMODB=${values["DOCUMENTS_ENDPOINT"]}\n`);
  await place.rehearse(["down", copy]);
});

test("of several environments the latest is taken, and said; another by its id", async () => {
  await using place = await Workplace.make();
  const copy = await place.copy(scenario);
  const none = await place.rehearse(["connect", "shop", copy]);
  expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining("ENVIRONMENT_NOT_FOUND: No environment of shop is up.") });
  expect(none.stderr).toContain(`next      rehearse up ${copy}`);
  const [older, latest] = [await up(place, copy), await up(place, copy)];
  const whose = ["--", "sh", "-c", 'echo "$SHOP_PORT"'];
  const byDefault = await place.rehearse(["connect", "shop", copy, ...whose]);
  expect(byDefault.stderr).toBe(`  environment ${latest}; also there: ${older} (--environment <id> takes another)\n`);
  const [first, second] = [
    await place.rehearse(["connect", "shop", copy, "--environment", older, ...whose]),
    await place.rehearse(["connect", "shop", copy, "--environment", latest, ...whose]),
  ];
  expect(second.stdout).toBe(byDefault.stdout);
  expect(first.stdout).not.toBe(byDefault.stdout);
  const unknown = await place.rehearse(["connect", "shop", copy, "--environment", "nowhere1"]);
  expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining(`expected  one of ${latest}, ${older}`) });
  const service = await place.rehearse(["connect", "warehouse", copy]);
  expect(service).toMatchObject({ code: 2, stderr: expect.stringContaining('shop has no service "warehouse"') });
  expect(service.stderr).toContain("expected  one of shop");
  await place.rehearse(["down", copy]);
});

test("a stage is told from a service, with the place of its output", async () => {
  await using place = await Workplace.make();
  const copy = await place.copy(scenario);
  const { code, stderr } = await place.rehearse(["logs", "linger", copy]);
  expect(code).toBe(2);
  expect(stderr).toContain("USAGE: linger is a stage of shop, not a service.");
  expect(stderr).toContain("run.json of each run has the last lines of every stage: shop/.rehearse/runs\n");
});

test("what the caller pipes in is the command's, and so is a signal", async () => {
  await using place = await Workplace.make();
  const copy = await place.copy(scenario);
  await up(place, copy);
  const child = place.start([
    "connect",
    "shop",
    copy,
    "--",
    "sh",
    "-c",
    "trap 'echo ended; exit 9' TERM; echo begun; while :; do sleep 0.1; done",
  ]);
  const exited = once(child, "exit");
  if (child.stdout === null) throw new Error("a pipe was asked for");
  await once(child.stdout, "data");
  const rest = text(child.stdout);
  child.kill("SIGTERM");
  expect((await exited)[0]).toBe(9);
  expect(await rest).toBe("ended\n");
  await place.rehearse(["down", copy]);
  expect(census(place)).toEqual(nothingLeft);
});

test("logs prints what the server wrote, without its passwords", async () => {
  await using place = await Workplace.make();
  const copy = await place.copy(scenario);
  await up(place, copy);
  const wrong = await place.rehearse([
    "connect",
    "shop",
    copy,
    "--",
    ...asks('"select nothing from nowhere /* " + process.env.PGPASSWORD + " */"'),
  ]);
  expect(wrong.code).toBe(1);
  const logs = await place.rehearse(["logs", "shop", copy]);
  expect(logs).toMatchObject({ code: 0, stderr: "" });
  expect(logs.stdout).toContain("database system is ready to accept connections");
  expect(logs.stdout).toContain("select nothing from nowhere /* *** */");
  expect(await place.rehearse(["logs", "nothing", copy])).toMatchObject({ code: 2, stderr: expect.stringContaining("one of shop") });
  await place.rehearse(["down", copy]);
  const gone = await place.rehearse(["logs", "shop", copy]);
  expect(gone).toMatchObject({ code: 2, stderr: expect.stringContaining("ENVIRONMENT_NOT_FOUND") });
});
