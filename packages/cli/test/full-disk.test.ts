import { cpSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { census, nothingLeft } from "./census.ts";
import { canMount, Mounts } from "./mounts.ts";
import { Workplace, type Ended } from "./workplace.ts";

const scenarios = path.join(import.meta.dirname, "scenarios");
const mountable = canMount();
const full = {
  code: 3,
  failure: "DIRECTORY_NOT_WRITABLE",
  namesIt: true,
  why: expect.stringMatching(/ENOSPC|No space left/) as unknown,
};

test.skipIf(!mountable)("a disk that is full, wherever that shows, is said to be", async () => {
  await using place = await Workplace.make();
  using mounts = new Mounts(place);
  const disk = mounts.make("disk", 300);
  const scenario = path.join(disk, "exports");
  cpSync(path.join(scenarios, "exports"), scenario, { recursive: true });
  await place.rehearse(["test", scenario]);
  const accepted = await place.rehearse(["accept", scenario]);
  expect(accepted.code, accepted.stderr).toBe(0);
  for (const free of [8, 16, 20, 24, 28, 40]) {
    rmSync(path.join(scenario, ".rehearse"), { recursive: true });
    fill(disk, free);
    expect(told(await place.rehearse(["test", scenario]), disk), `${free} kB left`).toEqual(full);
    rmSync(path.join(disk, "filling"));
  }
  expect(census(place)).toEqual(nothingLeft);
});

test.skipIf(!mountable)("a disk that is full while two files are compared is said to be", async () => {
  await using place = await Workplace.make();
  using mounts = new Mounts(place);
  const disk = mounts.make("disk", 100);
  const [old, changed] = [path.join(place.root, "old.csv"), path.join(place.root, "new.csv")];
  const rows = Array.from({ length: 20_000 }, (_, index) => `${index},${index * 7919}`);
  writeFileSync(old, ["id,value", ...rows].join("\n"));
  writeFileSync(changed, ["id,value", ...rows, "20000,1"].join("\n"));
  const ended = await place.rehearse(["diff", old, changed, "--key", "id"], { env: { REHEARSE_CACHE: disk } });
  expect(told(ended, disk)).toEqual(full);
});

test.skipIf(!mountable)("a scenario on a file system that is read-only is said to be", async () => {
  await using place = await Workplace.make();
  using mounts = new Mounts(place);
  const disk = mounts.make("disk", 300);
  const scenario = path.join(disk, "orders");
  cpSync(path.join(scenarios, "orders"), scenario, { recursive: true });
  mounts.makeReadOnly(disk);
  expect(told(await place.rehearse(["test", scenario]), disk)).toEqual({ ...full, why: "EROFS" });
  expect(census(place)).toEqual(nothingLeft);
});

/** Leaves so many kilobytes. */
function fill(disk: string, kilobytes: number): void {
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(path.join(disk, "filling"), Buffer.alloc(bavail * bsize - kilobytes * 1024));
}

/** What is to be said of it, by what was said. */
function told({ code, stdout, stderr }: Ended, disk: string): unknown {
  const failure = /✗ (\w+): /.exec(stderr)?.[1];
  return { code, failure, namesIt: stderr.includes(disk), why: /ENOSPC|No space left|EROFS|ENOENT|BUG/.exec(stdout + stderr)?.[0] };
}
