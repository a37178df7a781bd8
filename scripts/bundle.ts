// npm run bundle: writes dist, the programs that the GitHub Action runs; with --check, says what of it is not as the sources make it instead.
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { bundleEntry } from "./bundle/bundle-entry.ts";
import { emitJavaScript } from "./bundle/emit-javascript.ts";

const repository = path.resolve(import.meta.dirname, "..");
const dist = path.join(repository, "dist");
const programs = { main: "actions/test/main.js", post: "actions/test/post.js" };
const mostBytes = 8 * 1024 * 1024;

const folder = await mkdtemp(path.join(repository, "node_modules", ".bundle-"));
try {
  await emitJavaScript(repository, folder);
  const made = path.join(folder, "dist");
  await Promise.all(
    Object.entries(programs).map(([name, entry]) => bundleEntry({ repository, compiled: folder, entry, target: path.join(made, name) })),
  );
  const files = await contentsOf(made);
  const bytes = [...files.values()].reduce((sum, content) => sum + content.length, 0);
  const stale = staleFiles(files, await contentsOf(dist));
  if (process.argv.includes("--check")) {
    for (const file of stale) console.log(`dist/${file} is not what the sources make: npm run bundle`);
    process.exitCode = stale.length === 0 ? 0 : 1;
  } else {
    await rm(dist, { recursive: true, force: true });
    await rename(made, dist);
  }
  if (bytes > mostBytes) {
    console.log(`dist has ${bytes} bytes; ${mostBytes} are the limit`);
    process.exitCode = 1;
  }
  console.log(`${files.size} bundled files, ${bytes} bytes, ${stale.length} out of date`);
} finally {
  await rm(folder, { recursive: true });
}

/** Every file below a folder, none where there is no such folder. */
async function contentsOf(directory: string): Promise<Map<string, Buffer>> {
  if (!existsSync(directory)) return new Map();
  const entries = (await readdir(directory, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => path.join(entry.parentPath, entry.name)).toSorted();
  return new Map(await Promise.all(paths.map(async (file) => [path.relative(directory, file), await readFile(file)] as const)));
}

function staleFiles(made: ReadonlyMap<string, Buffer>, committed: ReadonlyMap<string, Buffer>): string[] {
  return [...new Set([...made.keys(), ...committed.keys()])].filter((name) => {
    const [is, shouldBe] = [committed.get(name), made.get(name)];
    return is === undefined || shouldBe === undefined || !is.equals(shouldBe);
  });
}
