import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { clickhouse } from "../../src/clickhouse/index.ts";
import { startProcess, startServer, type ServerProcess } from "./server.ts";

async function explained(failed: ServerProcess): Promise<{ exitCode: number | null; code: string; message: string }> {
  const start = performance.now();
  if (failed.child.exitCode === null) await once(failed.child, "exit", { signal: AbortSignal.timeout(20_000) });
  expect(performance.now() - start).toBeLessThan(10_000);
  const error = clickhouse.explain(await failed.log(), failed.address);
  return { exitCode: failed.child.exitCode, code: error?.code ?? "not explained", message: error?.message ?? "" };
}

test.each(["http", "tcp"])("a taken %s port ends the server, and is said", async (name) => {
  await using first = await startServer();
  const free = { http: (first.address.ports["http"] ?? 0) + 7, tcp: (first.address.ports["tcp"] ?? 0) + 7 };
  await using second = await startProcess({ ports: { ...free, [name]: first.address.ports[name] ?? 0 } });
  expect(await explained(second)).toMatchObject({ exitCode: 1, code: "PORT_TAKEN", message: expect.stringContaining(`:${first.address.ports[name]}`) });
  expect(await first.ask("SELECT 1")).toBe("1");
});

test("broken configuration ends the server, and is said", async () => {
  await using server = await startProcess({ change: { "config.xml": "<clickhouse><a></clickhouse>" } });
  expect(await explained(server)).toMatchObject({ exitCode: 1, code: "ENGINE_START_FAILED" });
});

test("missing users end the server, and are said", async () => {
  await using server = await startProcess({ change: { "users.xml": "<clickhouse><users></users></clickhouse>" } });
  expect(await explained(server)).toMatchObject({ exitCode: 1, code: "ENGINE_START_FAILED", message: expect.stringContaining("default") });
});

test("packages without the engine's library end the server, and are said", async () => {
  const packages = await mkdtemp(join(tmpdir(), "rehearse-test-"));
  await using server = await startProcess({ packages });
  expect(await explained(server)).toMatchObject({ exitCode: 1, code: "ENGINE_NOT_AVAILABLE", message: expect.stringContaining("libchdb.so") });
  await rm(packages, { recursive: true });
});

test("a second server in the same directory is told of the first", () => {
  const log = "Code: 76. DB::Exception: Cannot lock file data/status. Another server instance in same directory is already running. (CANNOT_OPEN_FILE)";
  expect(clickhouse.explain(log, { service: "warehouse", ports: {} })?.message).toContain("another server runs in its directory");
});

test("a log that says nothing is not explained", () => {
  expect(clickhouse.explain("ClickHouse local version 26.7.2.1.\n", { service: "warehouse", ports: {} })).toBeNull();
});
