import { expect, test } from "vitest";
import { failedStage, notRead, undeclaredWrite } from "../../src/judge/stage-checks.ts";
import { stage, stageFact, writes } from "./support/facts.ts";

const load = stage("load", { timeoutMs: 90_000, position: { line: 7, column: 3 } });
const base = { name: "load", kind: "stage", stage: "load", verdict: "failed", counts: null, line: 7 } as const;

test("a stage that exited with another code than 0 says which, and its last lines", () => {
  expect(failedStage(load, stageFact("load", { exitCode: 3, output: "no such table\n" }))).toEqual({
    ...base,
    reason: "it exited with 3",
    hint: "",
    detail: { kind: "stage", exitCode: 3, signal: null, timedOut: false, output: "no such table\n" },
  });
});

test("a stage that was ended says by what", () => {
  expect(failedStage(load, stageFact("load", { exitCode: null, signal: "SIGKILL" }))).toEqual({
    ...base,
    reason: "it was ended by SIGKILL",
    hint: "",
    detail: { kind: "stage", exitCode: null, signal: "SIGKILL", timedOut: false, output: "" },
  });
});

test("a stage that took too long says how long it might have taken, whatever ended it", () => {
  expect(failedStage(load, stageFact("load", { exitCode: null, signal: "SIGTERM", timedOut: true }))).toEqual({
    ...base,
    reason: "it ran longer than 90 s and was ended",
    hint: "raise stages.load.timeout, or find what it waits for",
    detail: { kind: "stage", exitCode: null, signal: "SIGTERM", timedOut: true, output: "" },
  });
});

test("a table that moved undeclared is a difference, with its rows before and after", () => {
  expect(undeclaredWrite(load, { dataset: "core.log", rowsBefore: 4, rowsAfter: 9 })).toEqual({
    name: "core.log",
    kind: "writes",
    stage: "load",
    verdict: "different",
    counts: null,
    reason: "load wrote it without declaring it",
    hint: "add core.log to stages.load.writes, or stop writing it",
    line: 7,
    detail: { kind: "writes", rows: { before: 4, after: 9 } },
  });
});

const unreadable = { name: "core.orders", kind: "diff", stage: "load", counts: null, line: 20, detail: null } as const;
const missing = { dataset: "core.orders", missing: true, reason: "42P01" };

test("a declared table that is not there is a difference", () => {
  expect(notRead(load, { config: writes("core.orders"), unread: missing })).toEqual({
    ...unreadable,
    verdict: "different",
    reason: "load ended well, but there is no such table",
    hint: "see that load writes it, or take it out of stages.load.writes",
  });
});

test("declared files that are not there are a difference", () => {
  const config = writes("core.orders", { source: { files: "*.csv", types: {} } });
  expect(notRead(load, { config, unread: missing })).toMatchObject({
    verdict: "different",
    reason: "load ended well, but left no such file",
  });
});

test("a declared table that is there and gives no answer is a failure, with the engine's reason", () => {
  const unread = { dataset: "core.orders", missing: false, reason: "permission denied" };
  expect(notRead(load, { config: writes("core.orders"), unread })).toEqual({
    ...unreadable,
    verdict: "failed",
    reason: "permission denied",
    hint: "",
  });
});
