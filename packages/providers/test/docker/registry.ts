import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { docker } from "./docker-cli.ts";

/** A registry of the test's own on 127.0.0.1, with what it and the engine get of it; disposing removes all of that. */
export async function startRegistry(): Promise<{ readonly host: string } & AsyncDisposable> {
  await using undo = new AsyncDisposableStack();
  const directory = await mkdtemp(join(tmpdir(), "rehearse-registry-"));
  undo.defer(() => rm(directory, { recursive: true }));
  const host = `127.0.0.1:${await freePort()}`;
  const config = join(directory, "config.yml");
  await writeFile(
    config,
    JSON.stringify({ version: 0.1, log: { level: "error" }, storage: { filesystem: { rootdirectory: directory } }, http: { addr: host } }),
  );
  const registry = spawn("docker-registry", ["serve", config], { stdio: "ignore" });
  const ended = once(registry, "exit");
  undo.defer(async () => {
    registry.kill("SIGKILL");
    await ended;
  });
  undo.defer(() => removeImages(host));
  await untilAnswering(`http://${host}/v2/`);
  const stack = undo.move();
  return { host, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

/** Removes every name that the engine knows for images of this registry: `<host>/rehearse/<name>`. */
export async function removeImages(host: string): Promise<void> {
  const names = await docker("image", "ls", "--no-trunc", "--digests", "--format", "{{.Repository}} {{.Tag}} {{.Digest}}", `${host}/*/*`);
  const references = names.split("\n").flatMap((line) => {
    const [repository, tag, digest] = line.split(" ");
    return [tag === "<none>" ? [] : `${repository}:${tag}`, digest === "<none>" ? [] : `${repository}@${digest}`].flat();
  });
  // Removing the last tag takes the digest with it.
  for (const reference of names === "" ? [] : references) await docker("image", "rm", "--force", reference).catch(ifGone);
}

function ifGone(error: unknown): void {
  if (!(error instanceof Error && /No such image/.test(error.message))) throw error;
}

async function freePort(): Promise<number> {
  await using server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

async function untilAnswering(url: string): Promise<void> {
  for (const began = performance.now(); performance.now() - began < 10_000; await pause(50))
    if (
      await fetch(url).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
  throw new Error(`${url} does not answer`);
}
