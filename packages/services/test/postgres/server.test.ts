import { existsSync, statSync } from "node:fs";
import { Client } from "pg";
import { expect, test } from "vitest";
import { engineNamed } from "../../src/index.ts";
import { credentials, startService } from "../embedded-service.ts";

async function ask(connectionString: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: "array" })).rows;
  } finally {
    await client.end();
  }
}

test("the application's role comes in over TCP with its password, owns its database and may do everything", async () => {
  await using service = await startService("postgres", { name: "core-1" });
  const { url = "", ...values } = service.values;
  expect(values).toEqual({ host: "127.0.0.1", port: String(service.server.address.ports["port"]), ...credentials, database: "core-1" });
  const facts = "SELECT current_user, current_database(), current_setting('TimeZone'), rolsuper FROM pg_roles WHERE rolname = current_user";
  expect(await ask(url, facts)).toEqual([["rehearse", "core-1", "UTC", true]]);
  expect(service.session.version).toMatch(/^18\.\d+$/);
});

test("nobody comes in without the password, and the socket's directory is closed to others", async () => {
  await using service = await startService("postgres");
  const { host, port, database } = service.values;
  await expect(ask(`postgres://rehearse:wrong@${host}:${port}/${database}`, "SELECT 1")).rejects.toMatchObject({ code: "28P01" });
  await expect(ask(`postgres://postgres@${host}:${port}/${database}`, "SELECT 1")).rejects.toThrow(/password/);
  expect(statSync(service.server.address.directory ?? "").mode & 0o777).toBe(0o700);
});

test("two servers run at once, each with its own data, and neither leaves anything", async () => {
  const [one, other] = await Promise.all([startService("postgres"), startService("postgres")]);
  const directories = [one, other].map((service) => service.server.address.directory ?? "");
  {
    await using first = one;
    await using second = other;
    await first.session.load({ kind: "script", text: "CREATE TABLE only_here ()", name: "table" });
    expect((await first.session.states()).map(({ table }) => table)).toEqual(["only_here"]);
    expect(await second.session.states()).toEqual([]);
  }
  expect(directories.map((directory) => existsSync(directory))).toEqual([false, false]);
});

test("a session whose server ends says that the engine is lost, with the log", async () => {
  await using service = await startService("postgres");
  const { session, server } = service;
  const lost = new Promise((resolve) => server.lost.addEventListener("abort", () => resolve(server.lost.reason)));
  const ending = session.load({
    kind: "script",
    text: "SELECT pg_terminate_backend(pid) FROM pg_stat_activity; SELECT pg_sleep(60)",
    name: "killer",
  });
  await expect(ending).rejects.toMatchObject({ code: "ENGINE_LOST" });
  const postmaster = "COPY (SELECT 1) TO PROGRAM 'kill -INT $(head -1 postmaster.pid)'";
  await session.load({ kind: "script", text: postmaster, name: "postmaster" }).catch(() => undefined);
  expect(await lost).toMatchObject({ code: "ENGINE_LOST", details: expect.stringContaining("fast shutdown") });
  await expect(session.states()).rejects.toMatchObject({ code: "ENGINE_LOST" });
});

test.each([
  ["a taken port", 'LOG:  could not bind IPv4 address "127.0.0.1": Address already in use', "PORT_TAKEN", /127\.0\.0\.1:5432/],
  [
    "a missing library",
    "postgres: error while loading shared libraries: libicuuc.so.60: cannot open shared object file",
    "ENGINE_START_FAILED",
    /libicuuc\.so\.60/,
  ],
  ["a full disk", 'FATAL:  could not write lock file "postmaster.pid": No space left on device', "ENGINE_START_FAILED", /no space left/i],
  ["a wrong owner", 'FATAL:  data directory "/x" has wrong ownership', "ENGINE_START_FAILED", /does not belong to the user/],
])("a log that tells of %s is explained", (_, log, code, message) => {
  const explained = engineNamed("postgres").explain(log, { service: "core", ports: { port: 5432 } });
  expect(explained).toMatchObject({ code, message: expect.stringMatching(message) });
});

test("a log that tells nothing of a failed start is not explained", () => {
  const log = "LOG:  starting PostgreSQL 18.4\nLOG:  database system is ready to accept connections\n";
  expect(engineNamed("postgres").explain(log, { service: "core", ports: { port: 5432 } })).toBeNull();
});
