import { once } from "node:events";
import { readFileSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { createEnvironment, takeDown, takeDownStale } from "../src/index.ts";
import { EnvironmentScratch, nothing } from "./environment-scratch.ts";

const request = { scenario: "crash", scenarioDirectory: "/some/where", mode: "test", ttlSeconds: 60 } as const;

describe("a process that is killed while it makes an environment leaves nothing after a tear-down", () => {
  it.each([
    { death: "environment made", created: 1, runs: false },
    { death: "server intended", created: 2, runs: false },
    { death: "server started", created: 3, runs: true },
    { death: "server made", created: 3, runs: true },
    { death: "left", created: 5, runs: true },
  ])("at: $death", async ({ death, created, runs }) => {
    await using scratch = new EnvironmentScratch();
    await once(scratch.start({ death }), "exit");
    const before = scratch.census();
    expect(before).toMatchObject({ directories: [expect.stringMatching(/^rh-/)], ledgers: [expect.stringMatching(/\.ndjson$/)] });
    expect(before.processes.length > 0).toBe(runs);
    const teardown = { scenario: "crash", created, removed: created, left: 0, leftovers: [] };
    expect(await takeDownStale("all")).toContainEqual(expect.objectContaining(teardown));
    expect(scratch.census()).toEqual(nothing);
  });

  it("at ten moments that nobody chose", async () => {
    await using scratch = new EnvironmentScratch();
    for (let round = 0; round < 10; round += 1) {
      const maker = scratch.start();
      const ended = once(maker, "exit");
      while (scratch.ledgers().length === 0) await sleep(1);
      await sleep(Math.random() * 120);
      maker.kill("SIGKILL");
      await ended;
      expect(scratch.ledgers()).toHaveLength(1);
      await takeDownStale("all");
      expect(scratch.census(), `round ${round}`).toEqual(nothing);
    }
  });

  it("in the middle of each line of its ledger", async () => {
    await using scratch = new EnvironmentScratch();
    const whole = await createEnvironment(request);
    whole.ledger.makeDirectory({ id: "core", path: `${whole.directory}/core`, mode: 0o700 });
    const bytes = readFileSync(whole.ledger.file);
    await takeDown(whole.ledger.file);

    for (let cut = bytes.indexOf("\n"); cut < bytes.length; cut += 37) {
      const { ledger, directory } = await createEnvironment(request);
      ledger.makeDirectory({ id: "core", path: `${directory}/core`, mode: 0o700 });
      truncateSync(ledger.file, cut);
      expect(await takeDown(ledger.file), `${cut} bytes`).toMatchObject({ left: 0 });
      expect(scratch.census(), `${cut} bytes`).toEqual(nothing);
    }
  });

  it("before the first line of its ledger was written", async () => {
    await using scratch = new EnvironmentScratch();
    const { ledger } = await createEnvironment(request);
    await takeDown(ledger.file);
    writeFileSync(ledger.file, '{"v":1,"id":');
    await takeDownStale("all");
    expect(scratch.ledgers(), "it may be about to write it").toEqual([ledger.file]);
    utimesSync(ledger.file, new Date(0), new Date(0));
    await takeDownStale("all");
    expect(scratch.ledgers()).toEqual([]);
  });
});
