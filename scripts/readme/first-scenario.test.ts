import { rm } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { Workplace } from "../../packages/cli/test/workplace.ts";
import { repository, shownCommands } from "./readme.ts";

test("the README's commands for a first scenario end as it says: a plan, nothing to compare with, accepted, the same", async () => {
  await using place = await Workplace.make();
  const scenario = await place.copy(path.join(repository, "docs", "example", "orders"));
  await rm(path.join(scenario, "references"), { recursive: true });
  const commands = shownCommands()
    .firstScenario.trim()
    .split("\n")
    .map((line) => line.replace(/ *#.*$/, "").split(" "));
  const ends = [];
  for (const [program, ...args] of commands) {
    expect(program).toBe("rehearse");
    const { code, stdout } = await place.rehearse(args);
    ends.push({ code, said: /what a rehearsal would do|Not compared\.|\d+ written|Same\./.exec(stdout)?.[0] });
  }
  expect(ends).toEqual([
    { code: 0, said: "what a rehearsal would do" },
    { code: 1, said: "Not compared." },
    { code: 0, said: "4 written" },
    { code: 0, said: "Same." },
  ]);
}, 120_000);
