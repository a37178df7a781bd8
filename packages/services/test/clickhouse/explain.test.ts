import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEnvironment, startEmbedded, takeDown } from "@rehearse/providers";
import { expect, test } from "vitest";
import { clickhouse } from "../../src/clickhouse/index.ts";
import type { EmbeddedPlan, EmbeddedRequest } from "../../src/index.ts";
import { credentials } from "../embedded-service.ts";
import { startServer } from "./server.ts";

type Plan = (request: EmbeddedRequest) => EmbeddedPlan;
const { embedded } = clickhouse;

/** What a start with another plan is rejected with, and after how many milliseconds. */
async function failedStart(plan: Plan): Promise<{ error: unknown; ms: number }> {
  await using undo = new AsyncDisposableStack();
  const scratch = await mkdtemp(join(tmpdir(), "rehearse-service-"));
  undo.defer(() => rm(scratch, { recursive: true }));
  const environment = await createEnvironment({ scenario: "test", scenarioDirectory: scratch, mode: "test", ttlSeconds: 600 });
  undo.defer(async () => void (await takeDown(environment.ledger.file)));
  const engine = { ...clickhouse, embedded: { ...embedded, plan } };
  const signal = AbortSignal.timeout(30_000);
  const start = performance.now();
  const service = { name: "ware-house" };
  const error: unknown = await startEmbedded({ engine, service, environment, credentials, signal, onProgress: () => undefined }).catch(
    (reason: unknown) => reason,
  );
  return { error, ms: performance.now() - start };
}

function withFile(name: string, content: string): Plan {
  return (request) => {
    const plan = embedded.plan(request);
    return { ...plan, files: { ...plan.files, [name]: content } };
  };
}

test.each([
  ["broken configuration", withFile("config.xml", "<clickhouse><a></clickhouse>"), "ENGINE_START_FAILED", /config\.xml|without a word/],
  ["missing users", withFile("users.xml", "<clickhouse><users></users></clickhouse>"), "ENGINE_START_FAILED", /default/],
  [
    "packages without the engine",
    (request) => embedded.plan({ ...request, packages: "/nonexistent" }),
    "ENGINE_NOT_AVAILABLE",
    /libchdb\.so/,
  ],
] satisfies [string, Plan, string, RegExp][])("%s: the server ends by itself, and is explained", async (_, plan, code, message) => {
  const { error, ms } = await failedStart(plan);
  expect(error).toMatchObject({ code, exitCode: 3, message: expect.stringMatching(message) });
  expect(ms).toBeLessThan(10_000);
});

test.each(["http", "tcp"])("a taken %s port: the server ends by itself, and is explained", async (name) => {
  await using first = await startServer();
  const taken = first.address.ports[name] ?? 0;
  const takeIt: Plan = (request) => embedded.plan({ ...request, ports: { ...request.ports, [name]: taken } });
  const { error, ms } = await failedStart(takeIt);
  expect(error).toMatchObject({ code: "PORT_TAKEN" });
  expect(ms).toBeLessThan(10_000);
  expect(await first.ask("SELECT 1")).toBe("1");
});

test("a second server in the same directory is told of the first", () => {
  const log =
    "Code: 76. DB::Exception: Cannot lock file data/status. Another server instance in same directory is already running. (CANNOT_OPEN_FILE)";
  const explained = clickhouse.explain(log, { service: "warehouse", ports: {} });
  expect(explained).toMatchObject({
    code: "ENGINE_START_FAILED",
    message: expect.stringContaining("another server runs in its directory"),
  });
});

test("a log that says nothing is not explained", () => {
  expect(clickhouse.explain("ClickHouse local version 26.7.2.1.\nOk.\n", { service: "warehouse", ports: {} })).toBeNull();
});
