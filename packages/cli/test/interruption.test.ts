import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { appendFile, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { census, listeningInodes, nothingLeft } from "./census.ts";
import { Workplace } from "./workplace.ts";

const scenario = path.join(import.meta.dirname, "scenarios", "everything");

/** Moments of a run of about four seconds, spread over it and a little at random: early ones meet the engines as they start, late ones the tear-down. */
const moments = Array.from({ length: 10 }, (_, index) => Math.round(150 + index * 420 + Math.random() * 400));

for (const [index, afterMs] of moments.entries()) {
  const signal = index % 2 === 0 ? "SIGINT" : "SIGTERM";
  test(`${signal} at moment ${index + 1} of 10 leaves nothing`, async () => {
    await using place = await Workplace.make();
    const child = place.start(["test", await place.copy(scenario)]);
    const exited = once(child, "exit");
    await pause(afterMs);
    const listening = census(place).listening;
    child.kill(signal);
    const [code, by] = await exited;
    const interrupted = signal === "SIGINT" ? 130 : 143;
    // On a busy machine it may not even have begun to listen, and has nothing to leave.
    expect([0, 1, interrupted], `after ${afterMs} ms`).toContain(by === signal ? interrupted : code);
    expect(census(place), `after ${afterMs} ms`).toEqual(nothingLeft);
    expect(listening.filter((inode) => listeningInodes().has(inode))).toEqual([]);
  });

  test(`SIGKILL at moment ${index + 1} of 10, then down, leaves nothing`, async () => {
    await using place = await Workplace.make();
    const copy = await place.copy(scenario);
    const child = place.start(["test", copy]);
    const exited = once(child, "exit");
    await pause(afterMs);
    child.kill("SIGKILL");
    await exited;
    const down = await place.rehearse(["down", copy]);
    expect(down.code, down.stdout + down.stderr).toBe(0);
    expect(census(place), `after ${afterMs} ms: ${down.stdout}`).toEqual(nothingLeft);
    expect((await place.rehearse(["status"])).stdout).toContain("no environment");
  });
}

test("a reader of our output that goes away leaves nothing", async () => {
  await using place = await Workplace.make();
  const child = place.start(["test", await place.copy(scenario)]);
  const exited = once(child, "exit");
  if (child.stdout === null) throw new Error("a pipe was asked for");
  await once(child.stdout, "data");
  child.stdout.destroy();
  expect((await exited)[0]).toBe(141);
  expect(census(place)).toEqual(nothingLeft);
});

test("SIGINT ends a rehearsal that waits for an engine's answer, at once", async () => {
  await using place = await Workplace.make();
  const copy = await place.copy(scenario);
  const slow = "select sleepEachRow(1) from numbers(60) settings max_block_size = 1, function_sleep_max_microseconds_per_block = 120000000";
  const file = path.join(copy, "rehearse.yml");
  await appendFile(file, `checks: { assert: [{ name: slow, after: summarise, in: warehouse, sql: "${slow}", equals: [] }] }\n`);
  const child = place.start(["test", copy]);
  const exited = once(child, "exit");
  await pause(6_000);
  const asked = performance.now();
  child.kill("SIGINT");
  expect((await exited)[0]).toBe(130);
  expect(performance.now() - asked).toBeLessThan(8_000);
  expect(census(place)).toEqual(nothingLeft);
});

test("a process that carries our label but is in no ledger is found and removed by down", async () => {
  await using place = await Workplace.make();
  const copy = await place.copy(scenario);
  const planted = spawn("sleep", ["300"], {
    env: { PATH: process.env["PATH"] ?? "", REHEARSE_ENVIRONMENT: "planted1" },
    stdio: "ignore",
    detached: true,
  });
  const exited = once(planted, "exit");
  await once(planted, "spawn");
  const down = await place.rehearse(["down", copy]);
  expect(down.code).toBe(0);
  // The `down` of a test that runs at the same time may have been faster.
  expect(down.stdout).toMatch(/planted1 .* left 0|nothing to take down/);
  expect(await exited).toEqual([null, "SIGTERM"]);
});

test("down does not touch a rehearsal that is going on", async () => {
  await using place = await Workplace.make();
  const copy = await place.copy(scenario);
  const child = place.start(["test", copy]);
  const exited = once(child, "exit");
  await pause(1500);
  const down = await place.rehearse(["down", copy]);
  expect(down.stdout).toContain(`kill ${child.pid}`);
  expect((await exited)[0]).toBe(1);
  expect(existsSync(path.join(copy, ".rehearse", "report", "report.html"))).toBe(true);
});

test("accept and check say of a rehearsal that is going on that it is", async () => {
  await using place = await Workplace.make();
  const copy = await place.copy(scenario);
  const file = path.join(copy, "rehearse.yml");
  await writeFile(file, (await readFile(file, "utf8")).replace("sleep 0.7", "sleep 50"));
  const child = place.start(["test", copy]);
  const exited = once(child, "exit");
  const runs = path.join(copy, ".rehearse", "runs");
  while (!existsSync(runs) && child.exitCode === null) await pause(50);
  const [run = ""] = await readdir(runs);
  for (const args of [
    ["accept", copy],
    ["check", copy],
    ["check", copy, "--run", run],
  ]) {
    const ended = await place.rehearse(args);
    expect(ended.code, ended.stdout).toBe(2);
    expect(ended.stderr).toContain(`${run} of everything is still going on (pid ${child.pid})`);
    expect(ended.stderr).not.toContain("broke off");
  }
  child.kill("SIGTERM");
  expect((await exited)[0]).toBe(143);
  expect((await place.rehearse(["accept", copy])).stderr).toContain(`${run} of everything broke off`);
  expect(census(place)).toEqual(nothingLeft);
});

test("what --keep and up leave can be seen by status, reached, and taken down", async () => {
  await using place = await Workplace.make();
  const copy = await place.copy(scenario);
  const kept = await place.rehearse(["test", copy, "--keep"]);
  expect(kept.stdout).toMatch(/environment [a-z0-9]{8} is running/);
  const up = await place.rehearse(["up", copy]);
  expect(up.code, up.stderr).toBe(0);
  const variables = /source (\S+)/.exec(up.stdout)?.[1] ?? "";
  const answer = spawn(
    "bash",
    ["-c", `source "$0" && curl -sS "\${WAREHOUSE_URL%/*}/?query=select%20count()%20from%20warehouse.orders"`, variables],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const [said] = await once(answer.stdout, "data");
  expect(String(said).trim()).toBe("3");
  const status = await place.rehearse(["status"]);
  expect(status.stdout.match(/left behind|kept/g)).toHaveLength(2);
  const down = await place.rehearse(["down", copy]);
  expect(down.stdout.match(/left 0/g)).toHaveLength(2);
  expect(census(place)).toEqual(nothingLeft);
});
