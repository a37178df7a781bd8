import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RehearseError } from "@rehearse/errors";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readScenario } from "../src/index.ts";
import { engines } from "./engine-facts.ts";

let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rehearse-config-"));
});

afterAll(() => rm(folder, { recursive: true }));

async function refusal(path: string): Promise<RehearseError> {
  const error: unknown = await readScenario(path, engines).catch((thrown: unknown) => thrown);
  if (error instanceof RehearseError) return error;
  throw new Error("It was not refused.", { cause: error });
}

it("says that a folder has no rehearse.yml, and where it was looked for", async () => {
  const error = await refusal(folder);
  expect(error).toMatchObject({
    code: "CONFIG_NOT_FOUND",
    exitCode: 2,
    hint: `Write ${join(folder, "rehearse.yml")}, or name another folder.`,
  });
  expect(error.message).toBe(`${join(folder, "rehearse.yml")} cannot be read`);
});

it("says that there is no such folder", async () => {
  const error = await refusal(join(folder, "nowhere"));
  expect(error).toMatchObject({ code: "CONFIG_NOT_FOUND", hint: "Name a folder that has a rehearse.yml." });
  expect(error.got).toBe("no such file");
});
