import { existsSync, rmSync, statfsSync } from "node:fs";
import { join } from "node:path";
import { engineNamed } from "@rehearse/services";
import { afterEach, expect, test } from "vitest";
import { createEnvironment, takeDown, takeDownStale } from "../../src/index.ts";
import { EnvironmentScratch, nothing } from "../environment-scratch.ts";
import { Scratch } from "./scratch.ts";

const request = { scenario: "shop", scenarioDirectory: "/some/shop", mode: "test", ttlSeconds: 60 } as const;
const names = ["TMPDIR", "TMP", "TEMP"] as const;
const before = names.map((name) => [name, process.env[name]] as const);

/** As where nobody named a directory for temporary files. */
function nameNoDirectory(): void {
  for (const name of names) delete process.env[name];
}

afterEach(() => {
  for (const [name, value] of before) if (value !== undefined) process.env[name] = value;
});

const free = (place: string): number => (existsSync(place) ? statfsSync(place).bavail * statfsSync(place).bsize : 0);
/** Whether this machine has room for servers in memory, and files there stay as long as root wants them. */
const withMemory = process.getuid?.() === 0 && free("/dev/shm") > 4 * 2 ** 30 && process.availableMemory() > 8 * 2 ** 30;

test("servers keep their data on the disk where the user named a directory for temporary files", async () => {
  await using scratch = new EnvironmentScratch();
  const environment = await createEnvironment(request);
  expect(environment.makeData()).toBe(environment.directory);
  expect(await takeDown(environment.ledger.file)).toMatchObject({ created: 1, removed: 1, left: 0 });
  expect(scratch.census()).toEqual(nothing);
});

test.runIf(withMemory)("a server keeps its data in memory, and nothing of it is left", async () => {
  nameNoDirectory();
  const data = await (async () => {
    await using scratch = await Scratch.make();
    await using server = await scratch.start(engineNamed("postgres"), { name: "core" });
    const { id, directory, ledger } = scratch.environment;
    expect(server.address.directory).toBe(`/dev/shm/rh-${id}/service-core`);
    expect(existsSync(join(`/dev/shm/rh-${id}`, "service-core", "data", "PG_VERSION"))).toBe(true);
    expect(existsSync(join(directory, "service-core"))).toBe(false);
    expect(await takeDown(ledger.file)).toMatchObject({ created: 3, removed: 3, left: 0 });
    return `/dev/shm/rh-${id}`;
  })();
  expect(existsSync(data)).toBe(false);
});

test.runIf(withMemory)("data in memory is found by its marker when the ledger is gone", async () => {
  await using scratch = new EnvironmentScratch();
  nameNoDirectory();
  const lost = await createEnvironment(request);
  expect(lost.makeData()).toBe(`/dev/shm/rh-${lost.id}`);
  expect(lost.makeData()).toBe(`/dev/shm/rh-${lost.id}`);
  rmSync(lost.ledger.file);
  process.env["TMPDIR"] = scratch.tmp;
  expect(existsSync(`/dev/shm/rh-${lost.id}`)).toBe(true);
  // The sweep of a test that runs at the same time may be faster.
  const down = await takeDownStale("all");
  expect(down.filter(({ id, left }) => id === lost.id && left > 0)).toEqual([]);
  expect(existsSync(`/dev/shm/rh-${lost.id}`)).toBe(false);
  // Its own directory lies in the system's place for temporary files: what is looked at now is another.
  rmSync(lost.directory, { recursive: true });
});
