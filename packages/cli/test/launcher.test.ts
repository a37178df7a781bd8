import { type ChildProcess, spawn, type StdioOptions } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { census, nothingLeft } from "./census.ts";
import { Workplace } from "./workplace.ts";

/** A scenario that goes on until somebody ends it. */
async function endless(place: Workplace): Promise<string> {
  const copy = await place.copy(path.join(import.meta.dirname, "scenarios", "everything"));
  const file = path.join(copy, "rehearse.yml");
  await writeFile(file, (await readFile(file, "utf8")).replace("sleep 0.7", "sleep 120"));
  return copy;
}

interface Launched {
  /** Of the launcher, and of the program that it started. */
  readonly launcher: number;
  readonly program: number;
  readonly child: ChildProcess;
  /** What was said on both outputs, and the exit code. */
  readonly ended: Promise<{ readonly code: unknown; readonly said: string }>;
}

for (const [signal, code] of [
  ["SIGHUP", 129],
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const) {
  test(`${signal} to the launcher alone, off a terminal and on one, takes all down`, async () => {
    await using place = await Workplace.make();
    const copy = await endless(place);
    for (const terminal of [false, true]) {
      const { launcher, ended } = await launched(place, { copy, terminal });
      process.kill(launcher, signal);
      const { code: by, said } = await ended;
      expect(by, said).toBe(code);
      expect(said).toContain(`interrupted by ${signal}`);
      expect(said).not.toContain("already taking down");
      expect(census(place)).toEqual(nothingLeft);
    }
  });
}

test("a typed Ctrl-C is one interruption", async () => {
  await using place = await Workplace.make();
  const { child, ended } = await launched(place, { copy: await endless(place), terminal: true });
  child.stdin?.write("\u0003");
  const { code, said } = await ended;
  expect(code, said).toBe(130);
  expect(said.match(/interrupted by SIGINT/g)).toHaveLength(1);
  expect(said).not.toContain("already taking down");
  expect(census(place)).toEqual(nothingLeft);
});

test("a rehearsal whose launcher is killed ends, and takes all down", async () => {
  await using place = await Workplace.make();
  const copy = await endless(place);
  // At once it has not even loaded what would notice.
  for (const afterMs of [0, 150, 2_000]) {
    const { launcher, ended } = await launched(place, { copy, terminal: false, begun: afterMs > 0 });
    await pause(afterMs);
    process.kill(launcher, "SIGKILL");
    // Both outputs are closed by the last who holds them.
    const { said } = await ended;
    expect(said).toContain("the process that started this one is gone");
    expect(census(place), `after ${afterMs} ms: ${said}`).toEqual(nothingLeft);
  }
});

test("another parent may close its channel and live on", async () => {
  await using place = await Workplace.make();
  const file = path.join(place.root, "a.csv");
  await writeFile(file, "id\n1\n");
  const command = path.resolve(import.meta.dirname, "../src/main.ts");
  const { PATH = "", HOME = "" } = process.env;
  const options = { stdio: ["ignore", "ignore", "ignore", "ipc"] as StdioOptions, env: { PATH, HOME } };
  const child = spawn(process.execPath, [command, "diff", file, file], options);
  child.disconnect();
  expect(await once(child, "exit")).toEqual([0, null]);
});

test("status and down say how to stop a rehearsal that is going on", async () => {
  await using place = await Workplace.make();
  const copy = await endless(place);
  const { program, ended } = await launched(place, { copy, terminal: false });
  const status = await place.rehearse(["status"]);
  expect(status.stdout).toMatch(new RegExp(`everything {2}running since .*\\n {6}stop {2}kill ${program}\\n`));
  for (const args of [
    ["down", copy],
    ["down", "--all"],
  ]) {
    const down = await place.rehearse(args);
    expect(down.code).toBe(0);
    expect(down.stdout).toMatch(new RegExp(`everything is still going on \\(pid ${program}\\): kill ${program} ends it`));
    expect(down.stdout).not.toContain("nothing to take down");
  }
  process.kill(program, "SIGTERM");
  const { code, said } = await ended;
  expect(code, said).toBe(143);
  expect(census(place)).toEqual(nothingLeft);
});

test("of a rehearsal that is killed the launcher says so, and what to do", async () => {
  await using place = await Workplace.make();
  const copy = await endless(place);
  const { program, ended } = await launched(place, { copy, terminal: false });
  process.kill(program, "SIGKILL");
  const { code, said } = await ended;
  expect(code).toBe(137);
  expect(said).toMatch(/✗ .*SIGKILL \(out of memory\?\).*\n {2}next {6}rehearse down/);
  const down = await place.rehearse(["down", copy]);
  expect(down.code, down.stdout).toBe(0);
  expect(census(place)).toEqual(nothingLeft);
});

/** Starts a rehearsal, and waits until it has begun to make things. */
async function launched(
  place: Workplace,
  { copy, terminal, begun = true }: { readonly copy: string; readonly terminal: boolean; readonly begun?: boolean },
): Promise<Launched> {
  const child = place.launch(["test", copy], { terminal });
  if (child.stdout === null || child.stderr === null || child.pid === undefined) throw new Error("it did not start");
  const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]).then(([out, err, [code]]) => ({
    code,
    said: out + err,
  }));
  const launcher = terminal ? await childOf(child.pid) : child.pid;
  const program = await childOf(launcher);
  while (begun && census(place).ledgers.length === 0 && child.exitCode === null) await pause(20);
  return { launcher, program, child, ended };
}

/** The first process that another starts. */
async function childOf(pid: number): Promise<number> {
  for (;;) {
    const [first] = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ");
    if (first !== undefined && first !== "") return Number(first);
    await pause(5);
  }
}
