import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { once } from "node:events";
import { createServer } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A server that speaks as S3 does, for one test file. */
export interface Moto extends AsyncDisposable {
  readonly endpoint: string;
}

/** Starts moto on a port of its own, with one empty bucket. */
export async function startMoto(bucket: string): Promise<Moto> {
  const cache = process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache");
  const program = join(cache, "rehearse-tests", "moto-5.2.5", "bin", "moto_server");
  if (!existsSync(program)) throw new Error(`${program} is not there: run .ci/install-moto.sh`);
  const port = await freePort();
  const child = spawn(program, ["--host", "127.0.0.1", "--port", String(port)], { stdio: "ignore" });
  const exited = once(child, "exit");
  const endpoint = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    child.kill();
    await exited;
  };
  for (const deadline = Date.now() + 60_000; ;) {
    const answer = await fetch(`${endpoint}/${bucket}`, { method: "PUT" }).catch(() => null);
    if (answer?.ok === true) return { endpoint, [Symbol.asyncDispose]: stop };
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error("moto did not start");
    }
    await sleep(100);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
