import { once } from "node:events";
import { rm, symlink, unlink } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { census, nothingLeft } from "./census.ts";
import { docker, dockerCensus, listeningPorts, namelessVolumes, portsIn, testImages, withDocker } from "./docker-census.ts";
import { Workplace } from "./workplace.ts";

const scenario = path.join(import.meta.dirname, "scenarios", "shop");
const env = testImages;

/**
 * Kills a rehearsal on Docker at that moment, takes down what a SIGKILL left, and looks for the rest without any code of Rehearse. Resolves to how many
 * things it had in Docker when it was killed.
 */
async function killed(signal: "SIGINT" | "SIGTERM" | "SIGKILL", afterMs: number): Promise<{ readonly had: number }> {
  await using place = await Workplace.make();
  const copy = await place.copy(scenario);
  const child = place.start(["test", copy, "--provider", "docker"], { env });
  const exited = once(child, "exit");
  await pause(afterMs);
  const had = await dockerCensus(place);
  const ports = portsIn(had);
  child.kill(signal);
  const [code] = await exited;
  const when = `${signal} after ${afterMs} ms`;
  const down = signal === "SIGKILL" ? await place.rehearse(["down", copy], { env }) : null;
  // Null: it was killed at once, or was still loading; 1: it had come to its end.
  expect(signal === "SIGKILL" ? [null, 1] : [null, 1, 130, 143], when).toContain(code);
  expect(down?.code ?? 0, when + down?.stdout + down?.stderr).toBe(0);
  expect(await dockerCensus(place), when).toEqual([]);
  expect(census(place), when).toEqual(nothingLeft);
  const listening = listeningPorts();
  expect(
    ports.filter((port) => listening.has(port)),
    when,
  ).toEqual([]);
  return { had: had.length };
}

const rounds = 5;
const signals = ["SIGKILL", "SIGINT", "SIGTERM", "SIGKILL"] as const;

// Four at once take up to seven seconds each; the first half second makes nothing. Every round has early, late and other moments.
for (let round = 0; round < rounds; round += 1) {
  test.runIf(withDocker)(`killed at four moments, round ${round + 1} of ${rounds}, a rehearsal on Docker leaves nothing`, async () => {
    const before = await namelessVolumes();
    const moments = signals.map((_, index) => Math.round(400 + ((index * rounds + round + Math.random()) / 20) * 6_000));
    const outcomes = await Promise.allSettled(signals.map((signal, index) => killed(signal, moments[index] ?? 0)));
    const had = outcomes.map((outcome) => {
      if (outcome.status === "rejected") throw outcome.reason;
      return outcome.value.had;
    });
    expect(had.some((things) => things > 0)).toBe(true);
    expect((await namelessVolumes()).filter((name) => !before.includes(name))).toEqual([]);
  });
}

test.runIf(withDocker)("up leaves containers running and ends by itself; status lists them, down removes them", async () => {
  await using place = await Workplace.make();
  const copy = await place.copy(scenario);
  const child = place.start(["up", copy, "--provider", "docker"], { env });
  const exited = once(child, "exit");
  let said = "";
  for await (const chunk of child.stdout?.setEncoding("utf8") ?? []) {
    said += String(chunk);
    if (said.includes("is running")) break;
  }
  const began = performance.now();
  expect((await exited)[0]).toBe(0);
  expect(performance.now() - began).toBeLessThan(2_000);
  const found = await dockerCensus(place);
  expect(found).toEqual([expect.stringMatching(/^container .*127\.0\.0\.1:\d+->5432/), expect.stringMatching(/^network /)]);
  const name = /^container (\S+)/.exec(found[0] ?? "")?.[1] ?? "";
  expect((await place.rehearse(["status"], { env })).stdout).toMatch(/^ {2}[a-z0-9]{8} {2}shop {2}kept since .*, 3 things\n/);
  expect((await place.rehearse(["logs", "shop", copy], { env })).stdout).toContain("database system is ready to accept connections");
  const reached = await place.rehearse(["connect", "shop", copy, "--", "bash", "-c", ': <"/dev/tcp/$PGHOST/$PGPORT" && echo "$PGUSER"'], {
    env,
  });
  expect(reached).toMatchObject({ code: 0, stdout: "rehearse\n" });
  await docker("rm", "--force", name);
  expect(await place.rehearse(["logs", "shop", copy], { env })).toMatchObject({
    code: 3,
    stderr: expect.stringContaining(`ENGINE_LOST: The container ${name} is gone`),
  });
  const down = await place.rehearse(["down", copy], { env });
  expect(down).toMatchObject({ code: 0, stdout: expect.stringMatching(/created 3 · removed 3 · left 0/) });
  expect(await dockerCensus(place)).toEqual([]);
  expect(census(place)).toEqual(nothingLeft);
});

test.runIf(withDocker)("down --all finds by its label what is in Docker and in no ledger any more", async () => {
  await using place = await Workplace.make();
  const up = await place.rehearse(["up", await place.copy(scenario), "--provider", "docker"], { env });
  expect(up.code, up.stderr).toBe(0);
  expect(await dockerCensus(place)).toHaveLength(2);
  await rm(path.join(place.state, "environments"), { recursive: true });
  const down = await place.rehearse(["down", "--all"], { env });
  expect(down.code, down.stdout + down.stderr).toBe(0);
  expect(await dockerCensus(place)).toEqual([]);
  expect(census(place)).toEqual(nothingLeft);
});

test.runIf(withDocker)("an engine that does not answer at down: what it has is left, in words, until it answers again", async () => {
  await using place = await Workplace.make();
  const copy = await place.copy(scenario);
  // The way to the engine is the test's own, and can be taken away.
  const socket = path.join(place.root, "docker.sock");
  const host = { ...env, DOCKER_HOST: `unix://${socket}` };
  const engine = /^unix:\/\/(.*)$/.exec(await docker("context", "inspect", "--format", "{{.Endpoints.docker.Host}}"))?.[1] ?? "";
  await symlink(engine, socket);
  const up = await place.rehearse(["up", copy, "--provider", "docker"], { env: host });
  expect(up.code, up.stderr).toBe(0);
  await unlink(socket);
  const refused = await place.rehearse(["down", copy], { env: host });
  expect(refused.code).toBe(3);
  expect(refused.stdout).toMatch(/created 3 · removed 1 · left 2/);
  expect(refused.stdout).toMatch(new RegExp(`left: container rehearse-[a-z0-9]{8}-shop: the Docker engine at ${socket} does not answer`));
  expect(await dockerCensus(place)).toHaveLength(2);
  await symlink(engine, socket);
  const down = await place.rehearse(["down", copy], { env: host });
  expect(down.code, down.stdout + down.stderr).toBe(0);
  expect(await dockerCensus(place)).toEqual([]);
  expect(census(place)).toEqual(nothingLeft);
});
