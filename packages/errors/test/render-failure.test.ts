import { createWriteStream } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { expect, test } from "vitest";
import { asForeseen, renderFailure, RehearseError } from "../src/index.ts";

const failure = (act: Promise<unknown>): Promise<unknown> =>
  act.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );

test("a bug comes with a stack, also where the system made its error without one", async () => {
  const thrown = await failure(pipeline(["row"], createWriteStream("/")));
  const shown = renderFailure(thrown);
  expect(shown).toContain("✗ BUG");
  expect(shown).toContain('"code":"EISDIR"');
  expect(shown).toMatch(/came to light\n\s+at .*render-failure\.test\.ts:\d+/);
  expect(renderFailure(new Error("ours"))).toMatch(/Error: ours\n\s+at /);
});

test("a full disk is no bug wherever it is found, nor what fails on the way out of it", async () => {
  const full = await failure(writeFile("/dev/full", "row"));
  const open = await failure(mkdir("/no/such/place"));
  expect(asForeseen(full)).toMatchObject({ code: "DIRECTORY_NOT_WRITABLE", exitCode: 3, got: expect.stringContaining("ENOSPC") });
  expect(asForeseen(new SuppressedError(full, full))).toBeInstanceOf(RehearseError);
  const ours = new SuppressedError(open, full);
  expect(asForeseen(ours)).toBe(ours);
  expect(asForeseen(open)).toBe(open);
});
