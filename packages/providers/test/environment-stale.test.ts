import { once } from "node:events";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { endProcesses, findProcesses, isAlive, startServer } from "@rehearse/process";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { createEnvironment, listEnvironments, takeDown, takeDownStale } from "../src/index.ts";
import { EnvironmentScratch, nothing, says } from "./environment-scratch.ts";

const request = { scenario: "shop", scenarioDirectory: "/some/shop", mode: "test", ttlSeconds: 60 } as const;

const byId = (one: { id: string }, other: { id: string }) => one.id.localeCompare(other.id);

/** A process with these variables, which no ledger knows. */
async function plant(scratch: EnvironmentScratch, variables: { REHEARSE_ENVIRONMENT: string; REHEARSE_LEDGER?: string }) {
  const env = `env -u REHEARSE_LEDGER -u REHEARSE_SERVICE ${Object.entries(variables)
    .map((entry) => entry.join("="))
    .join(" ")}`;
  const command = { file: "bash", args: ["-c", `exec ${env} sleep 600`], env: { PATH: process.env["PATH"] ?? "" }, cwd: scratch.directory };
  const ledger = join(scratch.directory, "planting.ndjson");
  writeFileSync(ledger, "");
  const label = { environment: "planting", ledger, service: "planted" };
  const planted = await startServer({ command, label, logFile: join(scratch.directory, "planted.log") });
  const isPlanted = () =>
    findProcesses({ label: ({ environment, service }) => environment === variables.REHEARSE_ENVIRONMENT && service === null });
  for (let i = 0; i < 500 && isPlanted().length === 0; i += 1) await sleep(10);
  return planted;
}

describe("stale environments", () => {
  it("are those whose owner has ended, left up or not, of the scenario that is meant", async () => {
    await using scratch = new EnvironmentScratch();
    const alive = await createEnvironment(request);
    await plant(scratch, { REHEARSE_ENVIRONMENT: alive.id, REHEARSE_LEDGER: alive.ledger.file });
    const elsewhere = await createEnvironment({ ...request, mode: "up", scenarioDirectory: "/some/where/else" });
    const up = scratch.start({ mode: "up" });
    await says(up, "server made");
    await once(up, "exit");
    await once(scratch.start({ death: "left" }), "exit");

    const listed = listEnvironments();
    expect(listed.map(({ scenario, mode, ownerAlive, things, expired }) => ({ scenario, mode, ownerAlive, things, expired }))).toEqual([
      { scenario: "shop", mode: "test", ownerAlive: true, things: 1, expired: false },
      { scenario: "shop", mode: "up", ownerAlive: true, things: 1, expired: false },
      { scenario: "crash", mode: "up", ownerAlive: false, things: 3, expired: false },
      { scenario: "crash", mode: "test", ownerAlive: false, things: 3, expired: false },
    ]);

    const crashed = listed.filter(({ scenario }) => scenario === "crash").map(({ id }) => id);
    const down = await takeDownStale({ scenarioDirectory: join(import.meta.dirname, "programs") });
    expect(
      down
        .filter(({ scenario }) => scenario !== null)
        .map(({ id, left }) => ({ id, left }))
        .sort(byId),
    ).toEqual(crashed.map((id) => ({ id, left: 0 })).sort(byId));
    expect(listEnvironments().map(({ id }) => id)).toEqual([alive.id, elsewhere.id]);

    await takeDownStale("all");
    expect(listEnvironments().map(({ id }) => id)).toEqual([alive.id, elsewhere.id]);
    expect(scratch.census().processes.length).toBeGreaterThan(0);
    for (const { ledger } of [alive, elsewhere]) await takeDown(ledger.file);
    expect(scratch.census()).toEqual(nothing);
  });
});

describe("orphans", () => {
  it("are labelled processes without a ledger, or whose ledger is gone", async () => {
    await using scratch = new EnvironmentScratch();
    const orphans = [
      await plant(scratch, { REHEARSE_ENVIRONMENT: "planted1" }),
      await plant(scratch, { REHEARSE_ENVIRONMENT: "planted2", REHEARSE_LEDGER: join(scratch.state, "environments", "planted2.ndjson") }),
    ];
    const other = join(scratch.directory, "planted3.ndjson");
    writeFileSync(other, "");
    const known = await plant(scratch, { REHEARSE_ENVIRONMENT: "planted3", REHEARSE_LEDGER: other });

    await takeDownStale({ scenarioDirectory: "/some/where/else" });
    expect(orphans.map(isAlive)).toEqual([false, false]);
    expect(isAlive(known), "its ledger lies in another state directory").toBe(true);
    await endProcesses(() => findProcesses({ identities: [known] }), { graceMs: 0 });
  });

  it("are directories with our marker whose ledger is gone", async () => {
    await using scratch = new EnvironmentScratch();
    const lost = await createEnvironment(request);
    rmSync(lost.ledger.file);
    const kept = ["rh-abcdefgh", "rh-bcdefghi", "rh-cdefghij", "rehearse"].map((name) => join(scratch.tmp, name));
    for (const path of kept) mkdirSync(path);
    const marker = (id: string, ledger: string) => JSON.stringify({ v: 1, id, ledger });
    const known = join(scratch.directory, "known.ndjson");
    writeFileSync(known, "");
    writeFileSync(join(scratch.tmp, "rh-bcdefghi", ".rehearse-environment"), marker("bcdefghi", known));
    writeFileSync(join(scratch.tmp, "rh-cdefghij", ".rehearse-environment"), marker("another1", "/gone.ndjson"));

    const down = await takeDownStale("all");
    expect(down).toContainEqual({ id: lost.id, scenario: null, created: 1, removed: 1, left: 0, leftovers: [] });
    expect(existsSync(lost.directory)).toBe(false);
    expect(kept.filter((path) => !existsSync(path))).toEqual([]);
  });
});
