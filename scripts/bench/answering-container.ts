import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import type { Engine } from "@rehearse/services";

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, "../..");
const credentials = { user: "rehearse", password: "rehearse" };

/** How long one container takes from `docker compose up --detach` until its server answers its user, in milliseconds. */
export async function answeringContainer(engine: Engine): Promise<number> {
  const { composeFile, ports, administrator } = engine.container;
  const service = "bench";
  const compose = ["compose", "-p", `rehearse-bench-${engine.name}`, "-f", path.join(root, "compose", composeFile)];
  const env = { ...process.env, ...engine.container.variables({ service, credentials }) };
  await using undo = new AsyncDisposableStack();
  undo.defer(async () => void (await run("docker", [...compose, "down", "--volumes", "--timeout", "0"], { env })));
  const start = performance.now();
  await run("docker", [...compose, "up", "--detach"], { env });
  const published = await Promise.all(
    Object.entries(ports).map(async ([name, port]) => {
      const { stdout } = await run("docker", [...compose, "port", engine.name, String(port)], { env });
      return [name, Number(stdout.trim().split(":").at(-1))] as const;
    }),
  );
  const address = {
    service,
    host: "127.0.0.1",
    ports: Object.fromEntries(published),
    credentials,
    administrator: administrator === undefined ? undefined : { user: administrator, password: credentials.password },
  };
  await using _session = await engine.connect(address, AbortSignal.timeout(120_000));
  return performance.now() - start;
}
