import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ConfigError, readScenario } from "../src/index.ts";
import { casesOf } from "./cases.ts";
import { engines } from "./engine-facts.ts";

describe.each(["syntax", "shape", "meaning"])("a file whose fault lies in its %s", (kind) => {
  it.each(casesOf(`broken/${kind}`))("is refused with all that is wrong: $name", async ({ folder }) => {
    const error: unknown = await readScenario(folder, engines).catch((thrown: unknown) => thrown);
    if (!(error instanceof ConfigError)) throw new Error("It was not refused as a faulty file.", { cause: error });
    expect(error.code).toBe("CONFIG_INVALID");
    expect(error.exitCode).toBe(2);
    await expect(`${error.message.replaceAll(join(folder, "/"), "")}\n`).toMatchFileSnapshot(join(process.cwd(), folder, "expected.txt"));
  });
});

it("has at least thirty broken files", () => {
  expect(["syntax", "shape", "meaning"].flatMap((kind) => casesOf(`broken/${kind}`)).length).toBeGreaterThanOrEqual(30);
});
