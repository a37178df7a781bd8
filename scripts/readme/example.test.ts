import path from "node:path";
import { expect, test } from "vitest";
import { reportSchema } from "@rehearse/rehearsal";
import { census, nothingLeft } from "../../packages/cli/test/census.ts";
import { Workplace } from "../../packages/cli/test/workplace.ts";
import { ActRunner } from "../../packages/github/test/act/act-runner.ts";
import { ActionWorkplace } from "../../packages/github/test/act/action-workplace.ts";
import { pullRequestEvent } from "../../packages/github/test/act/pull-request-event.ts";
import { LoopbackGitHub } from "../../packages/github/test/loopback/loopback-github.ts";
import { releaseBadly } from "./bad-release.ts";
import { exampleWorkflow, workflowFile } from "./example-workflow.ts";
import { repository } from "./readme.ts";

const example = path.join(repository, "docs", "example");

test("the file that the README explains is rehearsed, and agrees with the references beside it", async () => {
  await using place = await Workplace.make();
  const { code, stdout } = await place.rehearse(["test", "orders", "--provider", "embedded"], { cwd: await place.copy(example) });
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining("Same. All 3 checks agree.") });
});

test("the release of the README's picture differs as its caption says", async () => {
  await using place = await Workplace.make();
  const folder = await place.copy(example);
  await releaseBadly(folder);
  const { stdout } = await place.rehearse(["test", "orders", "--provider", "embedded", "--json"], { cwd: folder });
  const { verdict, firstDivergence, checks } = reportSchema.parse(JSON.parse(stdout));
  expect(verdict).toBe("different");
  expect(firstDivergence).toMatchObject({ stage: "clean", dataset: "warehouse.paid" });
  expect(checks).toMatchObject([
    { name: "warehouse.paid", counts: { reference: 6, current: 8, added: 2, removed: 0, changed: 0 } },
    { name: "warehouse.totals", counts: { reference: 4, current: 4, added: 0, removed: 0, changed: 2 } },
    { verdict: "same" },
  ]);
});

test("the README's workflow runs on a pull request, on Docker, and comments", async () => {
  await using github = await LoopbackGitHub.start();
  await using place = await ActionWorkplace.make();
  await using runner = await ActRunner.make();
  const [checkout] = Object.values(place.actions);
  const { REHEARSE_IMAGE_CLICKHOUSE = "rehearse/clickhouse:test" } = process.env;
  const run = await runner.run({
    trees: [example],
    workflow: workflowFile,
    event: "pull_request",
    payload: pullRequestEvent(),
    actions: { [exampleWorkflow().step.uses]: checkout ?? "" },
    secrets: { GITHUB_TOKEN: "job-token" },
    variables: {},
    env: { GITHUB_API_URL: github.url, REHEARSE_IMAGE_CLICKHOUSE, ...(await place.offline()) },
  });
  expect(run.jobs, run.text).toEqual({ rehearse: "success" });
  expect(github.comments).toMatchObject([{ issue: 7, body: expect.stringMatching(/Same\. All 3 checks agree\.[^]*docker: ClickHouse/) }]);
  expect(github.problems).toEqual([]);
  expect(census({ tmp: runner.tmp, state: runner.tmp })).toEqual(nothingLeft);
}, 120_000);
