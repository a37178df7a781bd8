import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { symlinkSync } from "node:fs";
import { createServer } from "node:http";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createEnvironment, takeDown, takeDownStale } from "../../src/index.ts";
import { EnvironmentScratch } from "../environment-scratch.ts";
import { docker, withDocker } from "./docker-cli.ts";

const hour = 3_600_000;

/** What of an environment is in Docker. */
async function left(id: string): Promise<string[]> {
  const filter = ["--filter", `label=org.rehearse.environment=${id}`, "--quiet"];
  const found = await Promise.all([
    docker("ps", "--all", ...filter),
    docker("network", "ls", ...filter),
    docker("volume", "ls", ...filter),
  ]);
  return found.flatMap((lines) => (lines === "" ? [] : lines.split("\n")));
}

interface Planted {
  readonly machine: string;
  readonly ageMs: number;
}

/** A container, a network and a volume as an environment would have made them whose ledger is gone; resolves to its id. */
async function plant({ machine, ageMs }: Planted): Promise<string> {
  const id = `p${randomBytes(4).toString("hex").slice(1)}`;
  const labels = {
    environment: id,
    ledger: `/gone/${id}.ndjson`,
    machine,
    "created-at": new Date(Date.now() - ageMs).toISOString(),
    "ttl-seconds": "3600",
  };
  const label = Object.entries(labels).flatMap(([name, value]) => ["--label", `org.rehearse.${name}=${value}`]);
  await docker("network", "create", ...label, `rehearse-${id}`);
  await docker("volume", "create", ...label, `rehearse-${id}`);
  await docker(
    "create",
    "--name",
    `rehearse-${id}`,
    ...label,
    "--network",
    `rehearse-${id}`,
    "--volume",
    `rehearse-${id}:/data`,
    "rehearse/dynamodb:test",
  );
  expect(await left(id)).toHaveLength(3);
  return id;
}

const ours = `${process.getuid?.()}@${hostname()}`;

test.runIf(withDocker)("what an environment without a ledger left in Docker is found by its label and removed", async () => {
  await using _scratch = new EnvironmentScratch();
  const id = await plant({ machine: ours, ageMs: 0 });
  const [found] = (await takeDownStale("all")).filter((one) => one.id === id);
  expect(found ?? { scenario: null, left: 0 }).toMatchObject({ scenario: null, left: 0 });
  expect(await left(id)).toEqual([]);
});

test.runIf(withDocker)("what others left in the same engine is left to them until its time to live is over", async () => {
  await using _scratch = new EnvironmentScratch();
  await using undo = new AsyncDisposableStack();
  const young = await plant({ machine: `0@elsewhere`, ageMs: hour / 2 });
  undo.defer(async () => {
    await docker("rm", "--force", `rehearse-${young}`);
    await docker("network", "rm", `rehearse-${young}`);
    await docker("volume", "rm", `rehearse-${young}`);
  });
  const old = await plant({ machine: `0@elsewhere`, ageMs: 2 * hour });
  const done = (await takeDownStale("all")).map(({ id }) => id);
  expect(done).not.toContain(young);
  expect(await left(young)).toHaveLength(3);
  expect(await left(old)).toEqual([]);
});

test.runIf(withDocker)(
  "an engine that does not answer leaves what was recorded, and the ledger; when it answers again, all is removed",
  async () => {
    await using scratch = new EnvironmentScratch();
    const environment = await createEnvironment({ scenario: "test", scenarioDirectory: scratch.directory, mode: "test", ttlSeconds: 600 });
    const socket = join(scratch.directory, "docker.sock");
    const name = `rehearse-${environment.id}`;
    const label = `org.rehearse.environment=${environment.id}`;
    await environment.ledger.makeContained({ kind: "network", socket, name }, () => docker("network", "create", "--label", label, name));
    expect(await takeDown(environment.ledger.file)).toEqual({
      created: 2,
      removed: 1,
      left: 1,
      leftovers: [expect.stringContaining(`network ${name}: the Docker engine at ${socket} does not answer`)],
    });
    expect(scratch.ledgers()).toEqual([environment.ledger.file]);
    expect(await left(environment.id)).toHaveLength(1);
    symlinkSync("/var/run/docker.sock", socket);
    expect(await takeDown(environment.ledger.file)).toEqual({ created: 2, removed: 2, left: 0, leftovers: [] });
    expect(await left(environment.id)).toEqual([]);
    expect(scratch.ledgers()).toEqual([]);
  },
);

test("an engine that answers and then tells nothing does not keep the rest from being taken down", async () => {
  await using scratch = new EnvironmentScratch();
  await using undo = new AsyncDisposableStack();
  const socket = join(scratch.directory, "docker.sock");
  const engine = createServer(({ url }, response) => response.writeHead(url === "/_ping" ? 200 : 403).end('{"message": "not for you"}'));
  undo.defer(() => engine[Symbol.asyncDispose]());
  await once(engine.listen(socket), "listening");
  const { DOCKER_HOST: before } = process.env;
  undo.defer(() => {
    if (before === undefined) delete process.env["DOCKER_HOST"];
    else process.env["DOCKER_HOST"] = before;
  });
  process.env["DOCKER_HOST"] = `unix://${socket}`;
  expect((await takeDownStale("all")).filter(({ left: still }) => still > 0)).toEqual([]);
});
