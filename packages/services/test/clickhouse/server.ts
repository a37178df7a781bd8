import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clickhouse } from "../../src/clickhouse/index.ts";
import type { EngineSession, ServerAddress } from "../../src/engine.ts";
import { installedPackages } from "./packages.ts";

/** A server's process, started from its plan as the embedded provider does it. */
export interface ServerProcess extends AsyncDisposable {
  readonly address: ServerAddress;
  readonly directory: string;
  readonly child: ChildProcess;
  /** Aborts when the process ends. */
  readonly ended: AbortSignal;
  log(): Promise<string>;
}

export interface TestServer extends AsyncDisposable {
  readonly address: ServerAddress;
  readonly directory: string;
  readonly session: EngineSession;
  /** Asks as an application would, over HTTP; resolves to the answer's text, error messages too. */
  ask(sql: string): Promise<string>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return address.port;
}

export async function startProcess(given: { ports?: Record<string, number>; packages?: string; change?: Record<string, string> } = {}): Promise<ServerProcess> {
  await using stack = new AsyncDisposableStack();
  const directory = await mkdtemp(join(tmpdir(), "rehearse-test-"));
  stack.defer(() => rm(directory, { recursive: true, force: true, maxRetries: 5 }));
  const packages = given.packages ?? (await installedPackages());
  const ports = given.ports ?? { http: await freePort(), tcp: await freePort() };
  const address = { service: "ware house", host: "127.0.0.1", ports, credentials: { user: "rehearse", password: "p@ss/w:rd" }, directory };
  const plan = clickhouse.embedded.plan({ ...address, packages });
  for (const [file, content] of Object.entries({ ...plan.files, ...given.change })) await writeFile(join(directory, file), content);
  const logFile = join(directory, "log");
  const output = openSync(logFile, "a");
  const child = spawn(plan.server.file, [...plan.server.args], { env: plan.server.env, stdio: ["ignore", output, output], detached: true });
  const over = new AbortController();
  const exit = once(child, "exit");
  child.on("exit", () => over.abort(new Error("the server ended")));
  stack.defer(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGTERM");
    await exit;
  });
  const owned = stack.move();
  return { address, directory, child, ended: over.signal, log: () => readFile(logFile, "utf8"), [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

export async function startServer(): Promise<TestServer> {
  await using stack = new AsyncDisposableStack();
  const { address, directory, ended } = stack.use(await startProcess());
  const session = stack.use(await clickhouse.connect(address, ended));
  const owned = stack.move();
  return { address, directory, session, ask: (sql) => askAs(address, sql), [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** One request of an application; `credentials` null: nobody's. */
export async function askAs(address: ServerAddress, sql: string, credentials: ServerAddress["credentials"] | null = address.credentials): Promise<string> {
  const headers: Record<string, string> =
    credentials === null ? {} : { "X-ClickHouse-User": credentials.user, "X-ClickHouse-Key": credentials.password };
  const response = await fetch(`http://${address.host}:${address.ports["http"]}/`, { method: "POST", body: sql, headers });
  return (await response.text()).trimEnd();
}
