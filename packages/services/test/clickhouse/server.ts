import { readdirSync, readFileSync } from "node:fs";
import type { DatasetSource, EngineSession, ServerAddress } from "../../src/index.ts";
import { startService, type EmbeddedService, type Extracted } from "../embedded-service.ts";

/** A ClickHouse in an environment of the test's own, and an application that asks it. */
export interface TestServer extends AsyncDisposable {
  readonly address: ServerAddress;
  readonly directory: string;
  readonly session: EngineSession;
  readonly values: Readonly<Record<string, string>>;
  readonly pid: number;
  extract(source: DatasetSource): Promise<Extracted>;
  restoration: EmbeddedService["restoration"];
  /** Asks as an application would, over HTTP; resolves to the answer's text, error messages too. */
  ask(sql: string): Promise<string>;
  /** Asks what answers nothing. */
  run(...statements: string[]): Promise<void>;
}

export async function startServer(): Promise<TestServer> {
  await using stack = new AsyncDisposableStack();
  const service = stack.use(await startService("clickhouse", { name: "ware-house" }));
  const { address } = service.server;
  const directory = address.directory ?? "";
  const ask = (sql: string): Promise<string> => askAs(address, sql);
  const owned = stack.move();
  return {
    address,
    directory,
    session: service.session,
    values: service.values,
    pid: processOf(directory),
    extract: (source) => service.extract(source),
    restoration: (source) => service.restoration(source),
    ask,
    async run(...statements) {
      for (const statement of statements) {
        const answer = await ask(statement);
        if (answer !== "") throw new Error(`${statement}: ${answer}`);
      }
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** Rows as they can be compared with others: the engine has no order of its own. */
export function inOrder(rows: Extracted["cells"]): Extracted["cells"] {
  return rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** One request of an application; `credentials` null: nobody's. */
export async function askAs(
  address: ServerAddress,
  sql: string,
  credentials: ServerAddress["credentials"] | null = address.credentials,
): Promise<string> {
  const headers: Record<string, string> =
    credentials === null ? {} : { "X-ClickHouse-User": credentials.user, "X-ClickHouse-Key": credentials.password };
  const response = await fetch(`http://${address.host}:${address.ports["http"]}/`, { method: "POST", body: sql, headers });
  return (await response.text()).trimEnd();
}

/** The process that was given this directory. */
function processOf(directory: string): number {
  const found = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .find((pid) => commandOf(pid).includes(directory));
  return Number(found);
}

function commandOf(pid: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  } catch {
    // It ended while the list was read.
    return [];
  }
}
