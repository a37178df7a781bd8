import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { readWorkflowRun, type WorkflowRun } from "../src/event/workflow-run.ts";

async function runOf(event: string, payload: string, more: Readonly<Record<string, string | undefined>> = {}): Promise<WorkflowRun> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "event-"));
  try {
    const file = path.join(folder, "event.json");
    await writeFile(file, payload);
    return await readWorkflowRun({
      GITHUB_EVENT_NAME: event,
      GITHUB_EVENT_PATH: file,
      GITHUB_REPOSITORY: "acme/shop",
      GITHUB_API_URL: "https://github.example/api/v3",
      GITHUB_SHA: "5ba",
      GITHUB_WORKSPACE: "/w",
      RUNNER_TEMP: "/t",
      ...more,
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

const pull = (repo: unknown): string => JSON.stringify({ pull_request: { number: 7, head: { repo } } });
const named = (...urls: readonly string[]): string =>
  JSON.stringify({ workflow_run: { pull_requests: urls.map((url) => ({ number: Number(url.split("/").at(-1)), url })) } });

test("a pull request is from a fork unless its head lies in the same repository", async () => {
  const own = await runOf("pull_request", pull({ full_name: "acme/shop", fork: true }));
  expect(own).toEqual({
    event: "pull_request",
    repository: { owner: "acme", repo: "shop" },
    apiUrl: "https://github.example/api/v3",
    workspace: "/w",
    temporary: "/t",
    pullRequest: { number: 7, fromFork: false },
    commit: null,
    mergesInto: [],
  });
  expect((await runOf("pull_request", pull({ full_name: "stranger/shop" }))).pullRequest).toEqual({ number: 7, fromFork: true });
  expect((await runOf("pull_request", pull(null))).pullRequest).toEqual({ number: 7, fromFork: true });
});

test("a workflow run names a pull request if it names just one of this repository", async () => {
  const [own, upstream] = [
    "https://github.example/api/v3/repos/acme/shop/pulls/7",
    "https://github.example/api/v3/repos/origin/shop/pulls/7",
  ];
  expect((await runOf("workflow_run", named(own))).pullRequest).toEqual({ number: 7, fromFork: false });
  expect((await runOf("workflow_run", named(upstream, own))).pullRequest).toEqual({ number: 7, fromFork: false });
  expect((await runOf("workflow_run", named(upstream))).pullRequest).toBeNull();
  expect((await runOf("workflow_run", named(own, own.replace("7", "8")))).pullRequest).toBeNull();
  expect((await runOf("workflow_run", named())).pullRequest).toBeNull();
});

test("other events name none", async () => {
  for (const event of ["push", "schedule", "workflow_dispatch", "merge_group"]) expect((await runOf(event, "{}")).pullRequest).toBeNull();
});

test("what is rehearsed is the head of a pull request, the commit of the run that this one follows, else the commit of the run itself", async () => {
  const head = JSON.stringify({ pull_request: { number: 7, head: { sha: "4ead", repo: null } } });
  expect((await runOf("pull_request", head)).commit).toBe("4ead");
  expect((await runOf("workflow_run", JSON.stringify({ workflow_run: { head_sha: "f1a5", pull_requests: [] } }))).commit).toBe("f1a5");
  expect((await runOf("workflow_run", named())).commit).toBeNull();
  expect((await runOf("push", "{}")).commit).toBe("5ba");
  expect((await runOf("push", "{}", { GITHUB_SHA: undefined })).commit).toBeNull();
});

test("what is no workflow run is refused with what is missing", async () => {
  const cases = [
    { payload: "{}", more: { GITHUB_REPOSITORY: undefined, RUNNER_TEMP: "" }, says: /GITHUB_REPOSITORY.*RUNNER_TEMP/ },
    { payload: "{}", more: { GITHUB_EVENT_PATH: "/nowhere/event.json" }, says: /ENOENT/ },
    { payload: "not JSON", says: /JSON/ },
    { payload: JSON.stringify({ pull_request: { number: "seven" } }), says: /pull_request\.number/ },
  ];
  for (const { payload, more, says } of cases)
    await expect(runOf("pull_request", payload, more)).rejects.toMatchObject({ code: "USAGE", got: expect.stringMatching(says) });
});

test("what the commit is to be merged into is the base of the pull request or of the merge group, else what was pushed onto", async () => {
  const base = JSON.stringify({ pull_request: { number: 7, head: { repo: null }, base: { ref: "main", sha: "ba5e" } } });
  expect((await runOf("pull_request", base)).mergesInto).toEqual(["origin/main", "ba5e", "main"]);
  expect((await runOf("merge_group", JSON.stringify({ merge_group: { base_sha: "ba5e" } }))).mergesInto).toEqual(["ba5e"]);
  expect((await runOf("push", JSON.stringify({ before: "b4" }))).mergesInto).toEqual(["b4"]);
  expect((await runOf("push", JSON.stringify({ before: "0".repeat(40) }))).mergesInto).toEqual([]);
});
