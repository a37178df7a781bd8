import { existsSync, readdirSync } from "node:fs";
import { appendFile, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { inputsSchema } from "../../../actions/test/inputs.ts";
import { census, nothingLeft } from "../../cli/test/census.ts";
import { outputsOf } from "../src/step/outputs-of.ts";
import { sampleReport } from "../../report/test/sample-reports.ts";
import { ann, LoopbackGitHub } from "./loopback/loopback-github.ts";
import { action, commits, pullRequest, Runner } from "./runner.ts";

test("action.yml has the inputs and outputs that the program has, each with a description", () => {
  expect(Object.keys(action.inputs)).toEqual(Object.keys(inputsSchema.shape));
  expect(Object.keys(action.outputs)).toEqual(Object.keys(outputsOf(sampleReport("different"), "/report")));
  const usual = Object.entries(action.inputs).map(([name, input]) => [name, name === "token" ? "job-token" : input.default]);
  expect(inputsSchema.safeParse(Object.fromEntries(usual)).error).toBeUndefined();
});

test("a rehearsal without references, the same with them, and a difference: outputs, summary, remarks, comment, exit codes", async () => {
  await using github = await LoopbackGitHub.start();
  await using runner = await Runner.make({ payload: pullRequest(), apiUrl: github.url });
  const scenario = await runner.copy("orders");
  const first = await runner.main({ config: "orders" }).end;
  expect(first.code, first.log).toBe(1);
  const report = path.join(scenario, ".rehearse", "report");
  expect(first.outputs).toEqual({ verdict: "not compared", "report-path": report, differences: "0", "first-divergence": "" });
  expect(readdirSync(report).toSorted()).toEqual(["junit.xml", "report.html", "report.json", "report.md"]);
  expect(first.remarks).toMatchObject([
    { level: "warning", properties: { file: "orders/rehearse.yml", line: "9", title: "warehouse.totals after summarise: not compared" } },
  ]);
  expect(first.summary).toContain("Not compared");
  expect(first.log).toMatch(/Comment created: \S+#issuecomment-1$/m);
  expect(await runner.post().end).toMatchObject({ code: 0, log: "" });

  expect((await runner.rehearse(["accept", "orders"])).code).toBe(0);
  const second = await runner.main({ config: path.join("orders", "rehearse.yml") }).end;
  expect(second, second.log).toMatchObject({ code: 0, remarks: [], outputs: { verdict: "same", differences: "0" } });
  expect(second.log).toMatch(/Comment updated: \S+#issuecomment-1$/m);

  await appendFile(
    path.join(scenario, "summarise.mjs"),
    "await query(\"alter table totals update amount = 9 where customer = 'ada' settings mutations_sync = 2\");\n",
  );
  const third = await runner.main({ config: "orders" }).end;
  expect(third.code).toBe(1);
  expect(third.outputs).toMatchObject({ verdict: "different", differences: "1", "first-divergence": "summarise/warehouse.totals" });
  expect(third.remarks).toEqual([
    {
      level: "error",
      properties: { file: "orders/rehearse.yml", line: "9", title: "warehouse.totals after summarise: different" },
      message: expect.stringContaining("rows 2 → 2: 0 added, 0 removed, 1 changed; amount 1"),
    },
  ]);
  expect(github.comments).toHaveLength(1);
  expect(github.comments[0]?.body).toBe(await readFile(path.join(report, "report.md"), "utf8"));
  expect(github.comments[0]?.body).toMatch(/^<!-- rehearse:orders -->\n### ✗ Different/);
  expect(github.comments[0]?.body).toContain(`<sub>commit \`${commits.head.slice(0, 7)}\` · run `);
  expect([first, second, third].flatMap(({ otherCommands }) => otherCommands)).toEqual([]);
  expect(census(runner)).toEqual(nothingLeft);
});

test("the token of a fork, no token, no pull request, no network: no comment, a line that says why, and the same verdict", async () => {
  await using github = await LoopbackGitHub.start();
  github.tokens.set("job-token", { account: ann, mayWrite: false, ofApp: true });
  const cases = [
    {
      options: { payload: pullRequest(true), apiUrl: github.url },
      says: "No comment: the token of a pull request from a fork may only read.",
    },
    { options: { payload: pullRequest(), apiUrl: github.url }, inputs: { token: "" }, says: "No comment: there is no token." },
    { options: { event: "push", apiUrl: github.url }, says: "No comment: the event push names no pull request." },
    { options: { payload: pullRequest() }, says: "No comment: GitHub did not answer: ", warned: true },
  ];
  for (const { options, inputs = {}, says, warned = false } of cases) {
    await using runner = await Runner.make(options);
    await runner.copy("orders");
    const end = await runner.main({ config: "orders", ...inputs }).end;
    expect(end, end.log).toMatchObject({ code: 1, outputs: { verdict: "not compared" } });
    expect(end.log.split("\n").filter((line) => line.startsWith("No comment"))).toEqual([expect.stringContaining(says)]);
    expect(end.remarks.some(({ properties }) => properties["title"] === "Rehearse could not comment")).toBe(warned);
    expect(end.ms).toBeLessThan(30_000);
  }
  expect(github.comments).toEqual([]);
});

test("comment: false asks GitHub nothing", async () => {
  await using github = await LoopbackGitHub.start();
  await using runner = await Runner.make({ payload: pullRequest(), apiUrl: github.url });
  await runner.copy("orders");
  const { code, log } = await runner.main({ config: "orders", comment: "false" }).end;
  expect(code).toBe(1);
  expect(log).not.toContain("omment:");
  expect(github.calls).toEqual([]);
});

for (const event of ["pull_request_target", "workflow_run"]) {
  test(`${event} runs no code unless that is allowed`, async () => {
    await using github = await LoopbackGitHub.start();
    const payload =
      event === "workflow_run"
        ? { workflow_run: { pull_requests: [{ number: 7, url: `${github.url}/repos/acme/shop/pulls/7` }] } }
        : pullRequest(true);
    await using runner = await Runner.make({ event, payload, apiUrl: github.url });
    const scenario = await runner.copy("orders");
    const refused = await runner.main({ config: "orders" }).end;
    expect(refused.code).toBe(2);
    expect(refused.remarks).toMatchObject([
      { level: "error", properties: { title: "CODE_NOT_TRUSTED" }, message: expect.stringContaining("allow-untrusted-code") },
    ]);
    expect(refused.outputs).toEqual({});
    expect(existsSync(path.join(scenario, ".rehearse"))).toBe(false);
    expect(github.calls).toEqual([]);
    expect(await runner.post().end).toMatchObject({ code: 0, log: "" });

    const allowed = await runner.main({ config: "orders", "allow-untrusted-code": "true" }).end;
    expect(allowed).toMatchObject({ code: 1, outputs: { verdict: "not compared" } });
    expect(github.comments).toHaveLength(1);
  });
}

test("what cannot be read is said with its code, and post is silent", async () => {
  await using runner = await Runner.make();
  const missing = await runner.main({ config: "nowhere" }).end;
  expect(missing.code).toBe(2);
  expect(missing.log).toContain("✗ CONFIG_NOT_FOUND");
  expect(missing.remarks).toMatchObject([{ level: "error", properties: { title: "CONFIG_NOT_FOUND" } }]);
  expect(await runner.post().end).toMatchObject({ code: 0, log: "" });

  const inputs = await runner.main({ config: "nowhere", provider: "dokcer", keep: "perhaps" }).end;
  expect(inputs.code).toBe(2);
  expect(inputs.log).toMatch(/provider: .*dokcer.*keep: .*perhaps/);
});

test("an event's file that is not JSON is said, with what to do", async () => {
  await using runner = await Runner.make();
  await runner.copy("orders");
  await writeFile(path.join(runner.root, "event.json"), "{ not JSON");
  const { code, log, remarks } = await runner.main({ config: "orders" }).end;
  expect(code).toBe(2);
  expect(log).toContain("✗ USAGE: This is not a step of a GitHub workflow run: the event's file cannot be understood.");
  expect(remarks).toMatchObject([{ level: "error", properties: { title: "USAGE" } }]);
  expect(await runner.post().end).toMatchObject({ code: 0, log: "" });
});

test("a summary that cannot be written is remarked on, and the verdict and outputs stay", async () => {
  await using runner = await Runner.make({ event: "push", env: { GITHUB_STEP_SUMMARY: "/dev/null/summary" } });
  await runner.copy("orders");
  const end = await runner.main({ config: "orders" }).end;
  expect(end, end.log).toMatchObject({ code: 1, outputs: { verdict: "not compared" } });
  expect(end.remarks).toContainEqual(
    expect.objectContaining({ level: "warning", properties: expect.objectContaining({ title: "Rehearse could not write the summary" }) }),
  );
});

test("a push is no pull request: its report says which commit it is about, and nobody is asked for anything", async () => {
  await using github = await LoopbackGitHub.start();
  await using runner = await Runner.make({ event: "push", apiUrl: github.url });
  const scenario = await runner.copy("orders");
  await runner.main({ config: "orders" }).end;
  const report = await readFile(path.join(scenario, ".rehearse", "report", "report.md"), "utf8");
  expect(report).toContain(`<sub>commit \`${commits.pushed.slice(0, 7)}\` · run `);
  expect(github.calls).toEqual([]);
});

test("text of a scenario is no command to the runner", async () => {
  await using runner = await Runner.make({ event: "push" });
  const scenario = await runner.copy("orders");
  const said = ["::error::a", "  ::stop-commands::x", "\r::warning::b", "x ##[error]c", "::add-mask::d", "::set-output name=verdict::same"];
  await writeFile(
    path.join(scenario, "summarise.mjs"),
    `console.error(${JSON.stringify(said.join("\n"))}); console.log("no row"); process.exit(1);\n`,
  );
  const failed = await runner.main({ config: "orders" }).end;
  expect(failed.log).toContain("│ ::error::a");
  expect(failed.remarks.map(({ properties }) => properties["title"])[0]).toBe("summarise: failed");
  expect(failed.remarks).toHaveLength(3);
  expect([failed.otherCommands, failed.outputs["verdict"]]).toEqual([[], "failed"]);
  expect(failed.masks).not.toContain("d");

  const file = path.join(scenario, "rehearse.yml");
  await writeFile(file, (await readFile(file, "utf8")).replace("from: orders.ndjson", "from: { run: [node, summarise.mjs] }"));
  const broken = await runner.main({ config: "orders" }).end;
  expect(broken.log).toContain("✗ SEED_FAILED");
  expect(broken.log).toContain("u{3a}:error::a");
  expect(broken.remarks.map(({ properties }) => properties["title"])).toEqual(["SEED_FAILED"]);
  expect(broken.otherCommands).toEqual([]);
  expect(broken.masks).not.toContain("d");
});

test("keep leaves the environment running, also after post; down takes it down", async () => {
  await using runner = await Runner.make({ event: "push" });
  await runner.copy("orders");
  const kept = await runner.main({ config: "orders", keep: "true" }).end;
  expect(kept.code, kept.log).toBe(1);
  expect(kept.log).toMatch(/environment [a-z0-9]{8} is running/);
  expect(await runner.post().end).toMatchObject({ code: 0, log: "" });
  expect(census(runner).processes.length).toBeGreaterThan(0);
  // As a person on that machine types it.
  const down = await runner.rehearse(["down", "orders"], { CI: "", RUNNER_TEMP: "" });
  expect(down.log).toContain("left 0");
  expect(census(runner)).toEqual(nothingLeft);
});

test("what a post step cannot take down, it says, and fails", async () => {
  await using runner = await Runner.make({ event: "push" });
  await runner.copy("orders");
  await runner.main({ config: "orders" }).end;
  const [state = ""] = readdirSync(runner.state);
  await writeFile(path.join(runner.state, state, "environments", "damaged1.ndjson"), "this is no ledger\n{}\n");
  const post = await runner.post().end;
  expect(post.code).toBe(3);
  expect(post.remarks).toMatchObject([{ level: "error", properties: { title: "LEDGER_UNREADABLE" } }]);
});

test("a post step whose main step never began is silent", async () => {
  await using runner = await Runner.make();
  expect(await runner.post().end).toMatchObject({ code: 0, log: "" });
});
