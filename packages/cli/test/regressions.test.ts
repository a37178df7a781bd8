import { cp, rm } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { Report } from "@rehearse/rehearsal";
import { layOver } from "../../../scripts/lay-over.ts";
import { census, nothingLeft } from "./census.ts";
import { expectCaught, regressions, reportOf, scenario } from "./regression.ts";
import { Repository } from "./repository.ts";
import { Workplace } from "./workplace.ts";

/** All that two reports on one run say of the data. */
const said = ({ verdict, checks, divergences, stages }: Report) => ({ verdict, checks, divergences, stages });

// The base is the scenario without the regression: that both say the same of every dataset shows too that the scenario by itself is what its references say.
describe.each(regressions)("regression %s", (name) => {
  test("is caught as its expectation says, against the base as against the stored references", { timeout: 240_000 }, async () => {
    await using place = await Workplace.make();
    await using laid = await layOver(scenario, { name: null, copy: `test-${name}` });
    const { directory } = laid;
    await Repository.make(directory);
    const isChange = (source: string): boolean => path.basename(source) !== "expected.json";
    await cp(path.join(scenario, "regressions", name), directory, { recursive: true, filter: isChange });

    expectCaught(name, { directory, ended: await place.rehearse(["test", directory, "--against", "base"]) });
    const base = reportOf(directory);
    expect(base.against).toMatchObject({ kind: "revision", failure: null });
    expectCaught(name, { directory, ended: await place.rehearse(["check", directory, "--against", "stored"]) });
    expect(said(base)).toEqual(said(reportOf(directory)));
    expect(census(place)).toEqual(nothingLeft);
    await rm(path.join(directory, ".rehearse"), { recursive: true });
  });
});
