import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { Workplace } from "./workplace.ts";

test("--version prints the package's version", async () => {
  await using place = await Workplace.make();
  const { version } = JSON.parse(await readFile(path.join(import.meta.dirname, "../package.json"), "utf8"));
  for (const flag of ["--version", "-V"]) expect(await place.rehearse([flag])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
});
