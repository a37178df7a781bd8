import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import type { Engine } from "@rehearse/services";

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, "../..");
const credentials = { user: "rehearse", password: "rehearse" };

/** How long containers take from one `docker compose up --detach` until the last of their servers answers its user, in milliseconds. */
export async function answeringContainers(engines: readonly Engine[]): Promise<number> {
  const files = engines.flatMap(({ container }) => ["-f", path.join(root, "compose", container.composeFile)]);
  const compose = ["compose", "-p", "rehearse-bench-answer", ...files];
  const variables = engines.map(({ container, name }) => container.variables({ service: name, credentials }));
  const env = { ...process.env, ...Object.assign({}, ...variables) };
  await using undo = new AsyncDisposableStack();
  undo.defer(async () => void (await run("docker", [...compose, "down", "--volumes", "--timeout", "0"], { env })));
  const start = performance.now();
  await run("docker", [...compose, "up", "--detach"], { env });
  const sessions = await Promise.all(
    engines.map((engine) =>
      session(engine, async (port) => published(await run("docker", [...compose, "port", engine.name, port], { env }))),
    ),
  );
  const ms = performance.now() - start;
  for (const one of sessions) await one[Symbol.asyncDispose]();
  return ms;
}

async function session(engine: Engine, portOf: (port: string) => Promise<number>) {
  const { ports, administrator } = engine.container;
  const open = await Promise.all(Object.entries(ports).map(async ([name, port]) => [name, await portOf(String(port))] as const));
  const address = {
    service: engine.name,
    host: "127.0.0.1",
    ports: Object.fromEntries(open),
    credentials,
    administrator: administrator === undefined ? undefined : { user: administrator, password: credentials.password },
  };
  return await engine.connect(address, AbortSignal.timeout(120_000));
}

function published({ stdout }: { readonly stdout: string }): number {
  return Number(stdout.trim().split(":").at(-1));
}
