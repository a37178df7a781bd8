import { homedir } from "node:os";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createEnvironment, listEnvironments, stateDirectory, takeDown, takeDownStale } from "../src/index.ts";
import { EnvironmentScratch, nothing } from "./environment-scratch.ts";

const request = { scenario: "shop", scenarioDirectory: "/some/shop", mode: "test", ttlSeconds: 60 } as const;
const directoryAt = (path: string) => JSON.stringify({ v: 1, seq: 3, state: "made", kind: "directory", id: "other", undo: { path } });

it.each([
  { variables: { REHEARSE_STATE: "/own", CI: "true", RUNNER_TEMP: "/runner", XDG_STATE_HOME: "/xdg" }, directory: "/own" },
  { variables: { REHEARSE_STATE: "own" }, directory: join(process.cwd(), "own") },
  { variables: { REHEARSE_STATE: "", CI: "true", RUNNER_TEMP: "/runner", XDG_STATE_HOME: "/xdg" }, directory: "/runner/rehearse" },
  { variables: { CI: "true", XDG_STATE_HOME: "/xdg" }, directory: "/xdg/rehearse" },
  { variables: { RUNNER_TEMP: "/runner" }, directory: join(homedir(), ".local/state/rehearse") },
  { variables: { XDG_STATE_HOME: "not/absolute" }, directory: join(homedir(), ".local/state/rehearse") },
])("keeps state in $directory with $variables", ({ variables, directory }) => {
  expect(stateDirectory(variables)).toBe(directory);
});

it.each([
  { damage: "text that is no JSON", line: "rubbish", number: 4 },
  {
    damage: "a thing of an unknown kind",
    line: JSON.stringify({ v: 1, seq: 3, state: "made", kind: "moon", id: "x", undo: {} }),
    number: 4,
  },
  { damage: "a directory outside the environment", line: directoryAt("/home"), number: 4 },
  { damage: "a directory of another environment", line: directoryAt("/tmp/rh-another1"), number: 4 },
  { damage: "a way out of the environment", line: directoryAt("/tmp/rh-<id>/../../home"), number: 4 },
])("is LEDGER_UNREADABLE with $damage, by its line, and removes nothing for it", async ({ line, number }) => {
  await using scratch = new EnvironmentScratch();
  const { id, ledger, directory } = await createEnvironment(request);
  const whole = readFileSync(ledger.file, "utf8");
  appendFileSync(ledger.file, `${line.replace("<id>", id)}\n`);
  const error = { code: "LEDGER_UNREADABLE", exitCode: 3, message: expect.stringContaining(`Line ${number} of the ledger ${ledger.file}`) };
  await expect(takeDown(ledger.file)).rejects.toMatchObject(error);
  expect(() => listEnvironments()).toThrow(expect.objectContaining(error));
  expect(scratch.census().directories).toHaveLength(1);

  const up = await createEnvironment({ ...request, mode: "up" });
  const orphaned = readFileSync(up.ledger.file, "utf8").replace(/"startedAt":"[^"]*"/, '"startedAt":"before this process"');
  writeFileSync(up.ledger.file, orphaned);
  await expect(takeDownStale("all")).rejects.toMatchObject(error);
  expect(scratch.ledgers(), "the others were taken down").not.toContain(up.ledger.file);
  writeFileSync(ledger.file, whole);
  await takeDown(ledger.file);
  expect(directory).toContain(id);
  expect(scratch.census()).toEqual(nothing);
});

it("is LEDGER_UNREADABLE under another environment's name", async () => {
  await using scratch = new EnvironmentScratch();
  const { ledger } = await createEnvironment(request);
  const renamed = ledger.file.replace(/[^/]+$/, "zzzzzzzz.ndjson");
  writeFileSync(renamed, readFileSync(ledger.file));
  await expect(takeDown(renamed)).rejects.toMatchObject({ code: "LEDGER_UNREADABLE", message: expect.stringContaining("Line 1 ") });
  await takeDown(ledger.file);
  expect(scratch.ledgers()).toEqual([renamed]);
});
