import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { minifySync } from "rolldown/utils";

export interface Entry {
  readonly repository: string;
  /** The compiled sources. */
  readonly compiled: string;
  /** Below `compiled`. */
  readonly entry: string;
  /** Where the bundle goes, absolute. */
  readonly target: string;
}

const wanted = /^(?:index\.js|\d+\.index\.js|licenses\.txt|package\.json)$/;
/** Files that the Docker client would read to build images or to speak to Pageant, neither of which is done here. */
const neverRead = /^(?:pagent\.exe|[^/]*\.proto|(?:proto|protoc-gen-validate|xds)\/.*)$/;

/** Bundles one program with all it imports: `index.js`, a file for each part that is loaded when needed, and the licenses of others' code. */
export async function bundleEntry({ repository, compiled, entry, target }: Entry): Promise<void> {
  const bundler = fileURLToPath(import.meta.resolve("@vercel/ncc/dist/ncc/cli.js"));
  const work = path.join(compiled, "bundled", entry);
  const raw = path.join(work, "raw");
  // Paths relative to its working folder become part of what the bundler writes, so it works in the same place each time. It takes `process.cwd()` in
  // the code of others for a folder to copy: this one is empty.
  const empty = path.join(work, "empty");
  await mkdir(empty, { recursive: true });
  const options = ["--out", raw, "--license", "licenses.txt", "--target", "es2024", "--no-cache", "--quiet"];
  await promisify(execFile)(process.execPath, ["--no-deprecation", bundler, "build", path.join(compiled, entry), ...options], {
    cwd: empty,
  });
  await mkdir(target, { recursive: true });
  for (const dirent of await readdir(raw, { recursive: true, withFileTypes: true })) {
    const file = path.relative(raw, path.join(dirent.parentPath, dirent.name));
    if (dirent.isDirectory() || neverRead.test(file)) continue;
    if (!wanted.test(file))
      throw new Error(`${entry}: the bundler wrote ${file}; what is read or started, not imported, is named by assetPath`);
    const text = await readFile(path.join(raw, file), "utf8");
    const written = file.endsWith(".js") ? minified(file, withDirname(text)) : text;
    if (written.includes(repository)) throw new Error(`${entry}: ${file} names a folder of this machine`);
    await writeFile(path.join(target, file), written);
  }
}

/** Older packages know their folder by a name that modules no longer have. */
function withDirname(text: string): string {
  return /\b__dirname\b/.test(text) ? `const __dirname = import.meta.dirname;\n${text}` : text;
}

/** Names of functions and classes stay: errors and their stacks show them. */
function minified(file: string, text: string): string {
  const keepNames = { function: true, class: true };
  const { code, errors } = minifySync(file, text, { module: true, compress: { keepNames }, mangle: { keepNames: true } });
  if (errors.length > 0) throw new Error(`${file} cannot be minified`, { cause: errors });
  return code;
}
