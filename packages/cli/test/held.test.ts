import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { census, nothingLeft } from "./census.ts";
import { canMount, Mounts } from "./mounts.ts";
import { Workplace } from "./workplace.ts";

const scenario = path.join(import.meta.dirname, "scenarios", "orders");
const mountable = canMount();

test.skipIf(!mountable)("what a stage mounted is left as it is, named at once, and taken down later", async () => {
  await using place = await Workplace.make();
  using mounts = new Mounts(place);
  const copy = await holding(place, "true");
  const run = await place.rehearse(["test", copy]);
  expect(run.code, run.stdout + run.stderr).toBe(3);
  const [held = ""] = mounts.points;
  expect(run.stderr).toMatch(/TEARDOWN_INCOMPLETE: 1 left: directory \S+: EBUSY: .* rmdir /);
  expect(run.stderr).toContain(`'${held}'`);
  expect(run.stderr).toContain(`down ${copy}`);
  expect(run.stdout).toMatch(/✗ down +created 2 · removed 1 · left 1 +\d\.\d s/);
  // It may be the only copy of something.
  expect(readFileSync(path.join(held, "precious"), "utf8")).toBe("precious\n");
  expect(existsSync(path.join(held, "../../other"))).toBe(false);

  const again = await place.rehearse(["down", copy]);
  expect(again.code).toBe(3);
  expect(again.stdout).toContain(`'${held}'`);
  mounts.end();
  const down = await place.rehearse(["down", copy]);
  expect(down.code, down.stdout).toBe(0);
  expect(census(place)).toEqual(nothingLeft);
});

test.skipIf(!mountable)("an interrupted rehearsal that cannot remove all ends soon and says what is left", async () => {
  await using place = await Workplace.make();
  using mounts = new Mounts(place);
  const copy = await holding(place, "sleep 60");
  const child = place.start(["test", copy]);
  if (child.stdout === null) throw new Error("a pipe was asked for");
  const [exited, said] = [once(child, "exit"), text(child.stdout)];
  while (mounts.points.length === 0 && child.exitCode === null) await pause(50);
  const asked = performance.now();
  child.kill("SIGINT");
  expect((await exited)[0]).toBe(130);
  expect(performance.now() - asked).toBeLessThan(8_000);
  expect(await said).toMatch(/✗ left +directory \S+: EBUSY/);
  mounts.end();
  expect((await place.rehearse(["down", copy])).code).toBe(0);
  expect(census(place)).toEqual(nothingLeft);
});

/** A copy of the scenario with one more stage, which leaves a mount deep in its temporary folder. */
async function holding(place: Workplace, afterwards: string): Promise<string> {
  const copy = await place.copy(scenario);
  const lines = [
    "mkdir -p $TMPDIR/a/b/c/held",
    "touch $TMPDIR/a/b/other",
    "mount -t tmpfs none $TMPDIR/a/b/c/held",
    "echo precious >$TMPDIR/a/b/c/held/precious",
    afterwards,
  ];
  await writeFile(path.join(copy, "hold.sh"), `${lines.join(" &&\n")}\n`);
  const file = path.join(copy, "rehearse.yml");
  const before = await readFile(file, "utf8");
  await writeFile(file, before.replace("\nseeds:", "\n  hold: { run: bash hold.sh, needs: [summarise] }\nseeds:"));
  return copy;
}
