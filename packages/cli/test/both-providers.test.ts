import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { digestDataset, openTables, readDataset } from "@rehearse/dataset";
import { runSchema, type ProviderName, type Report } from "@rehearse/rehearsal";
import { cutAfter } from "../../../scripts/cut-after.ts";
import { layOver } from "../../../scripts/lay-over.ts";
import { census, nothingLeft } from "./census.ts";
import { dockerCensus, testImages, withDocker } from "./docker-census.ts";
import { expectationOf, expectCaught, expectSame, regressions, reportOf, scenario } from "./regression.ts";
import { Workplace } from "./workplace.ts";

test.runIf(withDocker)(
  "the scenario gives the same verdict, checks, first divergence and digests on Docker as embedded",
  { timeout: 180_000 },
  async () => {
    await using place = await Workplace.make();
    await using laid = await layOver(scenario, { name: null, copy: "test-both-providers" });
    const onDocker = await findings("docker", { place, directory: laid.directory });
    const embedded = await findings("embedded", { place, directory: laid.directory });
    expect(onDocker).toEqual(embedded);
    expect([census(place), await dockerCensus(place)]).toEqual([nothingLeft, []]);
    await rm(path.join(laid.directory, ".rehearse"), { recursive: true });
  },
);

// What comes after the stage where a regression starts is left out here: it says nothing of whether that stage is blamed, and it runs embedded.
test.runIf(withDocker).each(regressions)(
  "regression %s is caught on Docker as its expectation says",
  { timeout: 180_000 },
  async (name) => {
    await using place = await Workplace.make();
    await using laid = await layOver(scenario, { name, copy: `test-${name}-on-docker` });
    const { directory } = laid;
    await cutAfter(directory, expectationOf(name).origin.stage);
    const ended = await place.rehearse(["test", directory, "--provider", "docker"], { env: testImages });
    expectCaught(name, { directory, ended });
    expect(reportOf(directory).provider.name).toBe("docker");
    expect([census(place), await dockerCensus(place)]).toEqual([nothingLeft, []]);
    await rm(path.join(directory, ".rehearse"), { recursive: true });
  },
);

interface Rehearsal {
  readonly place: Workplace;
  readonly directory: string;
}

/** All that the unchanged scenario's rehearsal found on one provider, and the digests of all that was put in, read and written. */
async function findings(provider: ProviderName, { place, directory }: Rehearsal) {
  const ended = await place.rehearse(["test", directory, "--provider", provider], { env: testImages });
  expectSame({ directory, ended });
  const report = reportOf(directory);
  expect(report.provider.name).toBe(provider);
  const { verdict, checks, firstDivergence, seeds } = report;
  return { verdict, checks, firstDivergence, seeds, datasets: await datasetsOf(report, { place, directory }) };
}

/** Every dataset of a run by its digest. What a check ignores, such as the time of a write, is another in each run: it does not count. */
async function datasetsOf({ run: id, checks }: Report, { place, directory }: Rehearsal) {
  const folder = path.join(directory, ".rehearse", "runs", id);
  const { steps } = runSchema.parse(JSON.parse(readFileSync(path.join(folder, "run.json"), "utf8")));
  const stages = steps.filter((step) => step.kind === "stage");
  await using tables = await openTables({ directory: path.join(place.root, "tables") });
  const datasets: { readonly stage: string; readonly dataset: string; readonly rows: number; readonly digest: string }[] = [];
  for (const { name: stage, reads, writes } of stages) {
    datasets.push(...reads.map((read) => ({ stage, ...read })));
    for (const { dataset, directory: written } of writes) {
      const { detail } = checks.find((check) => check.stage === stage && check.name === dataset) ?? {};
      const ignore = detail?.kind === "diff" ? detail.ignored : [];
      const { rows, value } = await digestDataset({ tables, dataset: await readDataset(path.join(folder, written)), ignore });
      datasets.push({ stage, dataset, rows, digest: value });
    }
  }
  expect(datasets.length).toBeGreaterThan(30);
  return datasets;
}
