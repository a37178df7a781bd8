import { rm } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { layOver } from "../../../scripts/lay-over.ts";
import { census, nothingLeft } from "./census.ts";
import { expectCaught, expectSame, regressions, scenario } from "./regression.ts";
import { Workplace } from "./workplace.ts";

describe.each(regressions)("regression %s", (name) => {
  test(
    "is caught as its expectation says, and is all that differs: without its files the scenario is the same",
    { timeout: 180_000 },
    async () => {
      await using place = await Workplace.make();
      await using laid = await layOver(scenario, { name, copy: `test-${name}` });
      const { directory } = laid;
      expectCaught(name, { directory, ended: await place.rehearse(["test", directory]) });

      await laid.takeOff();
      expectSame({ directory, ended: await place.rehearse(["test", directory]) });
      expect(census(place)).toEqual(nothingLeft);
      await rm(path.join(directory, ".rehearse"), { recursive: true });
    },
  );
});
