import { expect, test } from "vitest";
import type { PatienceLimits } from "../src/api/patience.ts";
import { commentOn, type CommentOutcome } from "../src/comment/comment-on.ts";
import type { Account } from "./loopback/github-state.ts";
import { ann, LoopbackGitHub } from "./loopback/loopback-github.ts";

const marker = "<!-- rehearse:orders -->";
const limits: PatienceLimits = { attempts: 4, firstPauseMs: 20, requestMs: 2_000, totalMs: 5_000 };

interface Posting {
  readonly body?: string;
  readonly token?: string;
  readonly fromFork?: boolean;
  readonly limits?: PatienceLimits;
  readonly signal?: AbortSignal;
}

function post(
  github: Pick<LoopbackGitHub, "url">,
  { body = "first", token = "job-token", fromFork = false, ...rest }: Posting = {},
): Promise<CommentOutcome> {
  const run = {
    event: "pull_request",
    repository: { owner: "acme", repo: "shop" },
    apiUrl: github.url,
    pullRequest: { number: 7, fromFork },
  };
  return commentOn({ run, token, body: `${marker}\n${body}`, signal: new AbortController().signal, limits, ...rest });
}

const texts = ({ comments }: LoopbackGitHub): string[] => comments.map(({ body, user }) => `${user.login}: ${body.replaceAll("\n", "|")}`);
const methods = ({ calls }: LoopbackGitHub): string => calls.map(({ method }) => method).join(" ");

test("the first run makes a comment, later ones bring it up to date", async () => {
  await using github = await LoopbackGitHub.start();
  expect(await post(github)).toMatchObject({ posted: true, text: expect.stringMatching(/^Comment created: https:.*#issuecomment-1$/) });
  expect(await post(github, { body: "second" })).toMatchObject({
    posted: true,
    text: expect.stringMatching(/^Comment updated: .*#issuecomment-1$/),
  });
  expect(texts(github)).toEqual([`github-actions[bot]: ${marker}|second`]);
});

test("each scenario has its own comment", async () => {
  await using github = await LoopbackGitHub.start();
  github.write({ id: 41_898_282, login: "github-actions[bot]", type: "Bot" }, "<!-- rehearse:orders-2 -->\nother");
  await post(github);
  expect(texts(github)).toEqual(["github-actions[bot]: <!-- rehearse:orders-2 -->|other", `github-actions[bot]: ${marker}|first`]);
});

test("it is found on the last of three pages", async () => {
  await using github = await LoopbackGitHub.start();
  github.longestPage = 30;
  for (let index = 1; index < 69; index += 1) github.write(ann, `remark ${index}`);
  await post(github);
  expect(github.comments).toHaveLength(69);
  github.calls.length = 0;
  await post(github, { body: "second" });
  expect(methods(github)).toBe("GET GET GET GET PATCH");
  expect(github.comments).toHaveLength(69);
  expect(github.comments.at(-1)?.body).toBe(`${marker}\nsecond`);
});

const others: readonly Account[] = [
  ann,
  { id: 12, login: "other-app[bot]", type: "Bot" },
  { id: 13, login: "github-actions", type: "User" },
];
for (const other of others) {
  test(`a comment with our marker that ${other.login} wrote is never touched`, async () => {
    await using github = await LoopbackGitHub.start();
    github.write(other, `${marker}\nnot yours`);
    await post(github);
    await post(github, { body: "second" });
    expect(texts(github)).toEqual([`${other.login}: ${marker}|not yours`, `github-actions[bot]: ${marker}|second`]);
    expect(github.calls.filter(({ method, path }) => method !== "GET" && path.endsWith("/1"))).toEqual([]);
  });
}

test("nor one of ours that only speaks of the marker", async () => {
  await using github = await LoopbackGitHub.start();
  github.write({ id: 41_898_282, login: "github-actions[bot]", type: "Bot" }, `look:\n${marker}`);
  await post(github);
  expect(github.comments.map(({ body }) => body)).toEqual([`look:\n${marker}`, `${marker}\nfirst`]);
});

test("with a person's token the comment is that person's, not the bot's", async () => {
  await using github = await LoopbackGitHub.start();
  github.tokens.set("pat", { account: ann, mayWrite: true, ofApp: false });
  await post(github);
  await post(github, { token: "pat", body: "by ann" });
  await post(github, { token: "pat", body: "by ann again" });
  expect(texts(github)).toEqual([`github-actions[bot]: ${marker}|first`, `ann: ${marker}|by ann again`]);
});

test("the token of another app, which cannot say whose it is, leaves one comment as well", async () => {
  await using github = await LoopbackGitHub.start();
  github.tokens.set("app", { account: { id: 12, login: "acme-app[bot]", type: "Bot" }, mayWrite: true, ofApp: true });
  github.write(ann, `${marker}\nnot yours`);
  for (const body of ["first", "second", "third"]) await post(github, { token: "app", body });
  expect(texts(github)).toEqual([`ann: ${marker}|not yours`, `acme-app[bot]: ${marker}|third`]);
  expect(github.comments.at(-1)?.id).toBe(2);
});

test("a token that may only read makes no comment, and one line says why", async () => {
  await using github = await LoopbackGitHub.start();
  github.tokens.set("job-token", { account: ann, mayWrite: false, ofApp: true });
  expect(await post(github, { fromFork: true })).toEqual({
    posted: false,
    problem: false,
    text: "No comment: the token of a pull request from a fork may only read.",
  });
  expect(await post(github)).toEqual({
    posted: false,
    problem: true,
    text: "No comment: the token may only read; give the job the permission `pull-requests: write`.",
  });
  expect(methods(github)).toBe("GET POST GET POST");
  expect(github.comments).toEqual([]);
});

test("bad credentials and a pull request that is not there are said, and not asked again", async () => {
  await using github = await LoopbackGitHub.start();
  expect(await post(github, { token: "expired" })).toMatchObject({
    posted: false,
    problem: true,
    text: expect.stringContaining("401: Bad credentials"),
  });
  github.pulls.clear();
  expect(await post(github)).toMatchObject({ posted: false, problem: true, text: expect.stringContaining("404: Not Found") });
  expect(github.calls).toHaveLength(2);
});

for (const method of ["GET", "POST", "PATCH"]) {
  test(`502s, a dropped connection and half an answer to a ${method} leave one comment`, async () => {
    await using github = await LoopbackGitHub.start();
    if (method === "PATCH") await post(github, { body: "before" });
    github.faults.push({ kind: "answer", status: 502, message: "Bad Gateway", method, times: 1 });
    github.faults.push({ kind: "drop", method, times: 1 });
    github.faults.push({ kind: "cut", method, times: 1 });
    expect(await post(github)).toMatchObject({ posted: true });
    expect(texts(github)).toEqual([`github-actions[bot]: ${marker}|first`]);
    expect(github.faults.map(({ times }) => times)).toEqual([0, 0, 0]);
  });
}

for (const token of ["job-token", "app", "pat"]) {
  test(`a POST that was carried out, but whose answer is lost, is not sent again: ${token}`, async () => {
    await using github = await LoopbackGitHub.start();
    github.tokens.set("app", { account: { id: 12, login: "acme-app[bot]", type: "Bot" }, mayWrite: true, ofApp: true });
    github.tokens.set("pat", { account: ann, mayWrite: true, ofApp: false });
    github.faults.push({ kind: "late", method: "POST", times: 1 });
    expect(await post(github, { token })).toMatchObject({ posted: true });
    expect(github.comments).toHaveLength(1);
    expect(github.calls.filter((call) => call.method === "POST")).toHaveLength(1);
  });
}

test("a POST is never sent twice without a look in between", async () => {
  await using github = await LoopbackGitHub.start();
  github.faults.push({ kind: "answer", status: 502, message: "Bad Gateway", method: "POST", times: 2 });
  await post(github);
  expect(methods(github)).toBe("GET POST GET POST GET POST GET");
});

test("jobs that comment at the same time end with one comment", async () => {
  await using github = await LoopbackGitHub.start();
  const bodies = Array.from({ length: 4 }, (_, index) => `job ${index}`);
  const outcomes = await Promise.all(bodies.map((body) => post(github, { body })));
  expect(outcomes.map(({ posted }) => posted)).toEqual([true, true, true, true]);
  expect(github.calls.filter(({ method }) => method === "POST").length).toBeGreaterThan(1);
  expect(github.comments).toHaveLength(1);
  expect(bodies.map((body) => `${marker}\n${body}`)).toContain(github.comments[0]?.body);
});

test("a body that is longer than GitHub takes is not sent", async () => {
  await using github = await LoopbackGitHub.start();
  expect(await post(github, { body: "x".repeat(65_536) })).toMatchObject({
    posted: false,
    problem: true,
    text: expect.stringContaining("65536"),
  });
  expect(github.calls).toEqual([]);
  expect(await post(github, { body: "x".repeat(65_536 - marker.length - 1) })).toMatchObject({ posted: true });
});

test("a secondary limit is waited for as long as GitHub asks; one that asks for too long is not", async () => {
  await using github = await LoopbackGitHub.start();
  const limited = { kind: "answer", status: 403, message: "You have exceeded a secondary rate limit", method: "POST" } as const;
  github.faults.push({ ...limited, headers: { "retry-after": "1" }, times: 1 });
  const start = performance.now();
  expect(await post(github)).toMatchObject({ posted: true });
  expect(performance.now() - start).toBeGreaterThan(1_000);
  expect(github.comments).toHaveLength(1);

  github.faults.push({ ...limited, method: "PATCH", headers: { "retry-after": "3600" }, times: 1 });
  const again = performance.now();
  expect(await post(github, { body: "second" })).toMatchObject({
    posted: false,
    problem: true,
    text: expect.stringContaining("secondary rate limit"),
  });
  expect(performance.now() - again).toBeLessThan(1_000);
});

test("an empty primary limit is waited for until it is full again, or not at all", async () => {
  await using github = await LoopbackGitHub.start();
  const spent = (seconds: number) => ({
    "x-ratelimit-remaining": "0",
    "x-ratelimit-reset": String(Math.ceil(Date.now() / 1000) + seconds),
  });
  const limited = { kind: "answer", status: 403, message: "API rate limit exceeded", method: "GET", times: 1 } as const;
  github.faults.push({ ...limited, headers: spent(1) });
  expect(await post(github)).toMatchObject({ posted: true });
  github.faults.push({ ...limited, headers: spent(1000) });
  expect(await post(github)).toMatchObject({ posted: false, text: expect.stringContaining("rate limit exceeded") });
});

test("a GitHub that cannot be reached, or does not answer, is given up in bounded time", async () => {
  const gone = await LoopbackGitHub.start();
  const { url } = gone;
  await gone[Symbol.asyncDispose]();
  expect(await post({ url })).toMatchObject({
    posted: false,
    problem: true,
    text: expect.stringMatching(/^No comment: GitHub did not answer: .*ECONNREFUSED/),
  });

  await using github = await LoopbackGitHub.start();
  github.faults.push({ kind: "silence", times: 100 });
  const start = performance.now();
  expect(await post(github, { limits: { attempts: 100, firstPauseMs: 10, requestMs: 200, totalMs: 1_000 } })).toMatchObject({
    posted: false,
    problem: true,
  });
  expect(performance.now() - start).toBeLessThan(1_500);
});

test("breaking off ends it at once, whatever it waits for", async () => {
  await using github = await LoopbackGitHub.start();
  const reason = new Error("cancelled");
  github.faults.push({ kind: "silence", times: 1 });
  const waiting = new AbortController();
  setTimeout(() => waiting.abort(reason), 100);
  await expect(post(github, { signal: waiting.signal })).rejects.toBe(reason);

  github.faults.push({ kind: "answer", status: 429, message: "slow down", headers: { "retry-after": "4" }, times: 1 });
  const pausing = new AbortController();
  setTimeout(() => pausing.abort(reason), 100);
  await expect(post(github, { signal: pausing.signal })).rejects.toBe(reason);
  expect(github.comments).toEqual([]);
});

test("the loopback GitHub refuses what GitHub's description does not know", async () => {
  await using github = await LoopbackGitHub.start();
  const ask = (method: string, path: string, body?: unknown) =>
    fetch(`${github.url}${path}`, {
      method,
      headers: { authorization: "Bearer job-token" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const comments = "/repos/acme/shop/issues/7/comments";
  await ask("GET", "/repos/acme/shop/comments");
  await ask("GET", `${comments}?perpage=3`);
  await ask("GET", "/repos/acme/shop/issues/seven/comments");
  await ask("POST", comments, { body: "x", bodyy: 1 });
  await ask("POST", comments, { body: 3 });
  await ask("POST", comments);
  expect(github.problems).toEqual([
    expect.stringContaining("no such operation"),
    expect.stringContaining("query must NOT have additional properties"),
    expect.stringContaining("path/issue_number must be integer"),
    expect.stringContaining("body must NOT have additional properties"),
    expect.stringMatching(/body\/body must be string/),
    expect.stringContaining("there is no body"),
  ]);
  expect(github.comments).toEqual([]);
  github.problems.length = 0;
});
