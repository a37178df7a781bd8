import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { census, nothingLeft } from "./census.ts";
import { Repository } from "./repository.ts";
import { Workplace } from "./workplace.ts";

const orders = path.join(import.meta.dirname, "scenarios", "orders");

/** A repository with the scenario; resolves to the scenario's folder. */
async function committed(place: Workplace): Promise<string> {
  const root = path.join(place.root, "shop");
  await mkdir(root);
  const folder = await place.copy(orders, path.join("shop", "orders"));
  await Repository.make(root);
  return folder;
}

/** The trees of bases that are there. */
function trees(folder: string): readonly string[] {
  const parent = path.join(folder, ".rehearse", "base");
  return existsSync(parent) ? readdirSync(parent) : [];
}

/** Waits until a tree of a base is there, and then some. */
async function whileThereIsATree(folder: string, moreMs: number): Promise<void> {
  for (const until = performance.now() + 20_000; trees(folder).length === 0 && performance.now() < until;) await pause(10);
  expect(trees(folder)).toHaveLength(1);
  await pause(moreMs);
}

test.each([0, 50, 150, 400, 800])(
  "SIGINT %d ms after the tree of the base is there leaves neither tree nor environment",
  async (moreMs) => {
    await using place = await Workplace.make();
    const folder = await committed(place);
    const child = place.start(["test", folder, "--against", "base", "--noise"]);
    const exited = once(child, "exit");
    await whileThereIsATree(folder, moreMs);
    child.kill("SIGINT");
    expect((await exited)[0]).toBe(130);
    expect(census(place)).toEqual(nothingLeft);
    expect(trees(folder)).toEqual([]);
  },
);

test.each([0, 300, 800])(
  "SIGKILL %d ms after the tree of the base is there: the next run against a base removes what was left",
  async (moreMs) => {
    await using place = await Workplace.make();
    const folder = await committed(place);
    const child = place.start(["test", folder, "--against", "base", "--noise"]);
    const exited = once(child, "exit");
    await whileThereIsATree(folder, moreMs);
    child.kill("SIGKILL");
    await exited;
    expect(trees(folder)).toHaveLength(1);
    await place.rehearse(["test", folder, "--against", "base"]);
    expect(census(place)).toEqual(nothingLeft);
    expect(trees(folder)).toEqual([]);
  },
);

test("down removes the tree of a base whose rehearsal was killed", async () => {
  await using place = await Workplace.make();
  const folder = await committed(place);
  const child = place.start(["test", folder, "--against", "base"]);
  const exited = once(child, "exit");
  await whileThereIsATree(folder, 200);
  child.kill("SIGKILL");
  await exited;
  expect((await place.rehearse(["down", folder])).code).toBe(0);
  expect(census(place)).toEqual(nothingLeft);
  expect(trees(folder)).toEqual([]);
});
