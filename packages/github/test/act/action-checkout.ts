import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { assetPath } from "@rehearse/assets";

/** Copies what a workflow gets that uses this repository as an action: the files that git knows of, without `node_modules`. */
export async function checkOutAction(target: string): Promise<void> {
  const repository = assetPath("");
  if (!existsSync(path.join(repository, "dist"))) throw new Error("There is no dist: npm run bundle");
  const { stdout } = await promisify(execFile)("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: repository,
  });
  const files = stdout.split("\0").filter((file) => file !== "" && existsSync(path.join(repository, file)));
  await Promise.all(files.map((file) => cp(path.join(repository, file), path.join(target, file))));
}
