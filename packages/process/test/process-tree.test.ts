import { existsSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { program, Scratch } from "./scratch.ts";

const beats = (file: string) => readFileSync(file, "utf8").trim().split("\n").map(Number);

/** Milliseconds from a moment to the last beat, once the heart has stood still for a while. */
async function beatsAfter(moment: number, file: string): Promise<number> {
  const before = beats(file).length;
  await sleep(350);
  expect(beats(file).length, "the heart beats on").toBe(before);
  return Math.max(...beats(file)) - moment;
}

describe("ends a process that left its parent, its session and its group", () => {
  it.each([
    { end: "succeed", manner: [], outcome: { exitCode: 0, timedOut: false } },
    { end: "fail", manner: [], outcome: { exitCode: 3, timedOut: false } },
    { end: "fail", manner: ["stubborn"], outcome: { exitCode: 3, timedOut: false } },
  ])("when the program ends: $end $manner", async ({ end, manner, outcome }) => {
    await using scratch = new Scratch();
    const heart = scratch.path("heart");
    const began = Date.now();
    const finished = await scratch.run(program("leave-heartbeat.ts", heart, end, ...manner));
    expect(finished).toMatchObject(outcome);
    expect(finished.strays).toEqual([expect.stringContaining("heartbeat.ts")]);
    expect(await beatsAfter(began + finished.wallMs, heart)).toBeLessThan(1_000);
    expect(scratch.processes()).toEqual([]);
  });

  it("when its time is over", async () => {
    await using scratch = new Scratch();
    const heart = scratch.path("heart");
    const began = Date.now();
    const finished = await scratch.run(program("leave-heartbeat.ts", heart, "hang", "stubborn"), { timeoutMs: 3_000 });
    expect(finished).toMatchObject({ timedOut: true, aborted: false, exitCode: null, signal: "SIGTERM" });
    expect(finished.wallMs).toBeGreaterThanOrEqual(2_990);
    expect(await beatsAfter(began + 3_000, heart)).toBeLessThan(1_000);
    expect(scratch.processes()).toEqual([]);
  });

  it("when it is aborted", async () => {
    await using scratch = new Scratch();
    const heart = scratch.path("heart");
    const abort = new AbortController();
    const running = scratch.run(program("leave-heartbeat.ts", heart, "hang"), { signal: abort.signal });
    while (!existsSync(heart)) await sleep(10);
    const aborted = Date.now();
    abort.abort();
    expect(await running).toMatchObject({ timedOut: false, aborted: true, exitCode: null });
    expect(await beatsAfter(aborted, heart)).toBeLessThan(1_000);
    expect(scratch.processes()).toEqual([]);
  });
});

it("ends a process that dropped all variables and its parent but stayed in the group", async () => {
  await using scratch = new Scratch();
  const heart = scratch.path("heart");
  const beat = `echo "while :; do date +%s000 >> ${heart}; sleep 0.1; done" | env -i PATH="$PATH" bash`;
  const finished = await scratch.run(["bash", "-c", `(bash -c '(${beat} &)' &) ; while [ ! -e ${heart} ]; do sleep 0.02; done; sleep 0.2`]);
  expect(finished.exitCode).toBe(0);
  expect(finished.strays.length).toBeGreaterThan(0);
  expect(await beatsAfter(Date.now(), heart)).toBeLessThan(1_000);
});

it("lets a process that ends by itself in a moment do so, with its last words", async () => {
  await using scratch = new Scratch();
  const finished = await scratch.run(["bash", "-c", "(sleep 0.08; echo last words) & echo first words"]);
  expect(finished).toMatchObject({ exitCode: 0, strays: [], output: "first words\nlast words\n" });
});

it("does not wait for output that a process out of reach could still write", async () => {
  await using scratch = new Scratch();
  const escape = `(env -i setsid sleep 5 &) ; sleep 0.02; echo done`;
  const began = performance.now();
  const finished = await scratch.run(["bash", "-c", `env -i bash -c '${escape}'`]);
  expect(finished.output).toBe("done\n");
  expect(performance.now() - began).toBeLessThan(4_000);
});

it("starts nothing when it is aborted before it begins", async () => {
  await using scratch = new Scratch();
  const heart = scratch.path("heart");
  const finished = await scratch.run(program("heartbeat.ts", heart), { signal: AbortSignal.abort() });
  expect(finished).toMatchObject({ aborted: true, exitCode: null, cpuMs: null, maxRssBytes: null });
  expect(existsSync(heart)).toBe(false);
});
