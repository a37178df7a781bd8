import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { openWorkshop } from "../../../scripts/faults/workshop.ts";

const repository = path.resolve(import.meta.dirname, "../../..");
const said = "no environment is running";

test("the command is built of its sources once, and never runs as they were before", { timeout: 120_000 }, async () => {
  await using workshop = await openWorkshop(repository);
  const folder = path.join(workshop.root, "node_modules", ".cache", "rehearse-command");
  const built = (): string[] => readdirSync(folder).filter((name) => name !== "built.json");
  const status = async (): Promise<string> => {
    const main = path.join(workshop.root, "packages/cli/src/main.ts");
    const { stdout } = await promisify(execFile)(process.execPath, [main, "status"], {
      env: { ...process.env, REHEARSE_STATE: workshop.temporary, NO_COLOR: "1" },
    });
    return stdout;
  };

  expect(existsSync(folder)).toBe(false);
  expect(await status()).toContain(said);
  expect(built()).toHaveLength(1);

  // What was built is what runs: an edit of it shows.
  const chunk = readdirSync(path.join(folder, built()[0] ?? ""))
    .map((name) => path.join(folder, built()[0] ?? "", name))
    .find((file) => readFileSync(file, "utf8").includes(said));
  writeFileSync(chunk ?? "", readFileSync(chunk ?? "", "utf8").replace(said, "built"));
  expect(await status()).toContain("built");

  const source = path.join(workshop.root, "packages/cli/src/commands/status.ts");
  const text = readFileSync(source, "utf8");
  expect(text).toContain(said);
  // As long as before: only the file's time tells.
  writeFileSync(source, text.replace(said, said.toUpperCase()));
  expect(await status()).toContain(said.toUpperCase());
  expect(built()).toHaveLength(2);

  // Sources that cannot be built say why themselves.
  writeFileSync(source, `${text}\n}`);
  await expect(status()).rejects.toThrow(/status\.ts[^]*SyntaxError/);
  writeFileSync(source, text);
  writeFileSync(path.join(folder, "built.json"), "{");
  expect(await status()).toContain(said);

  // Where nothing can be built the sources run.
  rmSync(path.dirname(folder), { recursive: true });
  writeFileSync(path.dirname(folder), "");
  expect(await status()).toContain(said);
});
