// npm run bundle: writes dist, the programs that the GitHub Action runs; with --check, says what of it is not as the sources make it instead.
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { bundlePrograms } from "./bundle/bundle-programs.ts";

const repository = path.resolve(import.meta.dirname, "..");
const dist = path.join(repository, "dist");
const mostBytes = 8 * 1024 * 1024;

const files = await bundlePrograms(repository);
const bytes = [...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
const stale = staleFiles(files, await contentsOf(dist));
if (process.argv.includes("--check")) {
  for (const file of stale) console.log(`dist/${file} is not what the sources make: npm run bundle`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  await rm(dist, { recursive: true, force: true });
  for (const [name, text] of files) {
    const file = path.join(dist, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}
if (bytes > mostBytes) {
  console.log(`dist has ${bytes} bytes; ${mostBytes} are the limit`);
  process.exitCode = 1;
}
console.log(`${files.size} bundled files, ${bytes} bytes, ${stale.length} out of date`);

/** Every file below a folder, none where there is no such folder. */
async function contentsOf(directory: string): Promise<Map<string, Buffer>> {
  if (!existsSync(directory)) return new Map();
  const entries = (await readdir(directory, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => path.join(entry.parentPath, entry.name));
  return new Map(await Promise.all(paths.map(async (file) => [path.relative(directory, file), await readFile(file)] as const)));
}

/** By their bytes: as text, what is no UTF-8 would all look alike. */
function staleFiles(made: ReadonlyMap<string, string>, committed: ReadonlyMap<string, Buffer>): string[] {
  return [...new Set([...made.keys(), ...committed.keys()])].toSorted().filter((name) => {
    const [is, shouldBe] = [committed.get(name), made.get(name)];
    return is === undefined || shouldBe === undefined || !is.equals(Buffer.from(shouldBe));
  });
}
