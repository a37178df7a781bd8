import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

/**
 * Compiles the packages and actions of the repository into an empty folder inside its `node_modules`, so that what they import is found: packages of
 * others where they are installed, our own among what was compiled. The types have been checked elsewhere.
 */
export async function emitJavaScript(repository: string, folder: string): Promise<void> {
  const compiler = path.join(repository, "node_modules", "typescript", "bin", "tsc");
  await promisify(execFile)(process.execPath, [compiler, "--project", path.join(repository, "scripts", "bundle"), "--outDir", folder]);
  const workspaces = [...(await readdir(path.join(repository, "packages"))).map((name) => path.join("packages", name)), "actions"];
  for (const workspace of workspaces) await standIn({ from: path.join(repository, workspace), to: path.join(folder, workspace), folder });
}

/** Lets the compiled workspace be found by its name, and find what only it has installed. */
async function standIn({ from, to, folder }: { readonly from: string; readonly to: string; readonly folder: string }): Promise<void> {
  const { name }: { readonly name: string } = JSON.parse(await readFile(path.join(from, "package.json"), "utf8"));
  await mkdir(to, { recursive: true });
  await writeFile(path.join(to, "package.json"), JSON.stringify({ name, type: "module", exports: "./src/index.js" }));
  const own = path.join(from, "node_modules");
  if (existsSync(own)) await symlink(own, path.join(to, "node_modules"));
  const link = path.join(folder, "node_modules", name);
  await mkdir(path.dirname(link), { recursive: true });
  await symlink(path.relative(path.dirname(link), to), link);
}
