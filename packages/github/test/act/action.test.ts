import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { census, nothingLeft } from "../../../cli/test/census.ts";
import { bot, LoopbackGitHub } from "../loopback/loopback-github.ts";
import { dockerCensus } from "./docker-census.ts";
import { ActionWorkplace } from "./action-workplace.ts";
import { pullRequestEvent } from "./pull-request-event.ts";
import { ActRunner, type WorkflowRequest } from "./act-runner.ts";

const repository = path.join(import.meta.dirname, "repository");
const change = (name: string): string => path.join(import.meta.dirname, "changes", name);

let place: ActionWorkplace;
let offline: Record<string, string>;
beforeAll(async () => {
  place = await ActionWorkplace.make();
  offline = await place.offline();
  return () => place[Symbol.asyncDispose]();
}, 300_000);

const { REHEARSE_IMAGE_CLICKHOUSE = "rehearse/clickhouse:test" } = process.env;
const onDocker = { variables: { PROVIDER: "docker" }, env: { REHEARSE_IMAGE_CLICKHOUSE } };

/** A pull request whose token may comment, on a runner that cannot reach npm. */
function request(github: LoopbackGitHub, more: Partial<WorkflowRequest> = {}): WorkflowRequest {
  return {
    trees: [repository],
    workflow: ".github/workflows/rehearse.yml",
    event: "pull_request",
    payload: pullRequestEvent(),
    actions: place.actions,
    secrets: { GITHUB_TOKEN: "job-token" },
    variables: { PROVIDER: "embedded" },
    ...more,
    env: { GITHUB_API_URL: github.url, ...offline, ...more.env },
  };
}

test("a pull request that changes nothing passes, and one comment says so; the next push brings it up to date, and fails where rows differ", async () => {
  await using github = await LoopbackGitHub.start();
  await using runner = await ActRunner.make();

  const same = await runner.run(request(github));
  expect(same.jobs, same.text).toEqual({ rehearse: "success" });
  expect(same.step("rehearse").outputs).toEqual({
    verdict: "same",
    differences: "0",
    "first-divergence": "",
    "report-path": expect.stringMatching(/\/orders\/\.rehearse\/report$/),
  });
  expect(same.step("later").log).toBe("verdict same, 0 differ, first \njunit.xml\nreport.html\nreport.json\nreport.md\n");
  expect(same.step("rehearse").summary).toContain("Same. The one check agrees.");
  expect(same.step("rehearse").annotations).toEqual([]);
  expect(same.step("rehearse", "Post")).toMatchObject({ result: "success", log: "" });
  expect(github.comments).toMatchObject([{ id: 1, issue: 7, user: bot, body: expect.stringContaining("Same. The one check agrees.") }]);

  const different = await runner.run(request(github, { trees: [repository, change("different")] }));
  expect(different.jobs, different.text).toEqual({ rehearse: "failure" });
  expect(different.step("rehearse").outputs).toMatchObject({
    verdict: "different",
    differences: "1",
    "first-divergence": "summarise/warehouse.totals",
  });
  expect(different.step("later").log).toMatch(/^verdict different, 1 differ, first summarise\/warehouse\.totals\n/);
  expect(different.step("rehearse").annotations).toEqual([
    {
      level: "error",
      message: expect.stringContaining("1 changed"),
      place: expect.objectContaining({ file: "orders/rehearse.yml", line: "9" }),
    },
  ]);
  expect(different.step("rehearse").summary).toContain("11.00");
  expect(github.comments).toMatchObject([{ id: 1, body: expect.stringMatching(/11\.00[^]*10\.25/) }]);

  expect(github.problems).toEqual([]);
  expect(same.text + different.text).not.toContain("job-token");
  expect(census({ tmp: runner.tmp, state: runner.tmp })).toEqual(nothingLeft);
});

test("from a fork, whose token may only read, there is the verdict and the summary, no comment, and one line that says why", async () => {
  await using github = await LoopbackGitHub.start();
  github.tokens.set("fork-token", { account: bot, mayWrite: false, ofApp: true });
  await using runner = await ActRunner.make();
  const payload = pullRequestEvent({ head: "mallory/shop" });
  const run = await runner.run(
    request(github, { payload, secrets: { GITHUB_TOKEN: "fork-token" }, trees: [repository, change("different")] }),
  );
  expect(run.jobs, run.text).toEqual({ rehearse: "failure" });
  expect(run.step("rehearse").outputs["verdict"]).toBe("different");
  expect(run.step("rehearse").summary).toContain("11.00");
  expect(
    run
      .step("rehearse")
      .log.split("\n")
      .filter((line) => /comment/i.test(line)),
  ).toEqual([expect.stringMatching(/fork/)]);
  expect(github.comments).toEqual([]);
});

test("a stage that fails is the finding: its words are in the log, its line is annotated, and nothing is left", async () => {
  await using github = await LoopbackGitHub.start();
  await using runner = await ActRunner.make();
  const run = await runner.run(request(github, { trees: [repository, change("stage-fails")] }));
  expect(run.jobs, run.text).toEqual({ rehearse: "failure" });
  const step = run.step("rehearse");
  expect(step.outputs).toMatchObject({ verdict: "failed", "first-divergence": "summarise/exits with 0" });
  expect(step.log).toContain("the price list is missing");
  expect(step.annotations).toContainEqual(
    expect.objectContaining({ level: "error", place: expect.objectContaining({ file: "orders/rehearse.yml" }) }),
  );
  expect(github.comments).toMatchObject([{ body: expect.stringContaining("the price list is missing") }]);
  expect(run.step("rehearse", "Post").log).toBe("");
  expect(census({ tmp: runner.tmp, state: runner.tmp })).toEqual(nothingLeft);
});

test("what a killed main step leaves behind, the post step takes down and counts", async () => {
  await using github = await LoopbackGitHub.start();
  await using runner = await ActRunner.make();
  const run = await runner.run(request(github, { trees: [repository, change("main-is-killed")] }));
  expect(run.jobs, run.text).toEqual({ rehearse: "failure" });
  expect(run.step("rehearse")).toMatchObject({ result: "failure", outputs: {} });
  expect(run.step("rehearse", "Post")).toMatchObject({
    result: "success",
    log: expect.stringMatching(/was left behind: created ([1-9]\d*) · removed \1 · left 0\nComment created: \S+\n$/),
  });
  expect(github.comments).toMatchObject([{ body: expect.stringContaining("killed before it came to a verdict") }]);
  expect(census({ tmp: runner.tmp, state: runner.tmp })).toEqual(nothingLeft);
});

test("on Docker it is the same rehearsal, through the same bundle", async () => {
  await using github = await LoopbackGitHub.start();
  await using runner = await ActRunner.make();
  const embedded = await runner.run(request(github, { trees: [repository, change("different")] }));
  const docker = await runner.run(request(github, { trees: [repository, change("different")], ...onDocker }));
  expect(docker.jobs, docker.text).toEqual({ rehearse: "failure" });
  const elsewhere = { "report-path": expect.any(String) };
  expect(docker.step("rehearse").outputs).toEqual({ ...embedded.step("rehearse").outputs, ...elsewhere });
  expect(docker.step("rehearse").outputs).toMatchObject({ verdict: "different" });
  expect(docker.step("rehearse").annotations).toEqual(embedded.step("rehearse").annotations);
  expect(docker.step("rehearse").summary).toMatch(/· docker: ClickHouse/);
  expect(docker.step("rehearse", "Post").log).toBe("");
  expect(await dockerCensus(runner.root)).toEqual([]);
});

test("the containers that a killed main step leaves behind, the post step removes", async () => {
  await using github = await LoopbackGitHub.start();
  await using runner = await ActRunner.make();
  const run = await runner.run(request(github, { trees: [repository, change("main-is-killed")], ...onDocker }));
  expect(run.jobs, run.text).toEqual({ rehearse: "failure" });
  expect(run.step("rehearse", "Post")).toMatchObject({
    result: "success",
    log: expect.stringMatching(/was left behind: created ([1-9]\d*) · removed \1 · left 0\nComment created: \S+\n$/),
  });
  expect(await dockerCensus(runner.root)).toEqual([]);
  expect(census({ tmp: runner.tmp, state: runner.tmp })).toEqual(nothingLeft);
});

test("under pull_request_target nothing is started, and the error says what to do", async () => {
  await using github = await LoopbackGitHub.start();
  await using runner = await ActRunner.make();
  const run = await runner.run(request(github, { event: "pull_request_target", workflow: ".github/workflows/untrusted.yml" }));
  expect(run.jobs, run.text).toEqual({ rehearse: "failure" });
  expect(run.step("rehearse").annotations).toEqual([
    expect.objectContaining({ level: "error", place: expect.objectContaining({ title: "CODE_NOT_TRUSTED" }) }),
  ]);
  expect(run.step("rehearse").log).not.toContain("ClickHouse");
  expect(github.calls).toEqual([]);
});

test("the table engine, which is in no bundle, is fetched by the first run; the second needs no network", async () => {
  await using github = await LoopbackGitHub.start();
  await using runner = await ActRunner.make();
  const cache = await place.withoutTableEngine();
  const online = { ...request(github), env: { GITHUB_API_URL: github.url, ...cache } };
  const first = await runner.run(online);
  expect(first.jobs, first.text).toEqual({ rehearse: "success" });
  expect(first.step("rehearse").log).toContain("Fetching DuckDB, about 24 MB, once");
  const second = await runner.run(request(github, { env: cache }));
  expect(second.jobs, second.text).toEqual({ rehearse: "success" });
  expect(second.step("rehearse").log).not.toContain("Fetching");
}, 120_000);
