import { readFile } from "node:fs/promises";
import path from "node:path";
import { rolldown, type OutputChunk } from "rolldown";
import { licensesOf } from "./licenses-of.ts";

/** The programs of the action: below its folder in the bundle, and where their source is. */
const programs = { "main/index": "actions/test/main.ts", "post/index": "actions/test/post.ts" };

/** Programs for the processor that a library of the Docker client tries to load, and does without where they are not there. */
const native = /\.node$/;

/** Names of functions and classes stay: errors and their stacks show them. */
const keepNames = { function: true, class: true };

/**
 * The files of the bundle by their paths in it: a folder for each program, parts that both load when they need them, and the licenses of others' code.
 * Throws where something that is imported is not found, or where a file would name a folder of this machine.
 */
export async function bundlePrograms(repository: string): Promise<Map<string, string>> {
  const input = Object.fromEntries(Object.entries(programs).map(([name, source]) => [name, path.join(repository, source)]));
  await using bundle = await rolldown({ cwd: repository, input, platform: "node", external: native, logLevel: "silent" });
  const { output } = await bundle.generate({
    format: "esm",
    keepNames: true,
    minify: { compress: { keepNames }, mangle: { keepNames }, codegen: true },
    entryFileNames: "[name].js",
    chunkFileNames: "parts/[name]-[hash].js",
  });
  const chunks = output.map((file) => {
    if (file.type !== "chunk")
      throw new Error(`the bundler wrote ${file.fileName}; what is read or started, not imported, is named by assetPath`);
    return file;
  });
  const texts = chunks.map((chunk) => [chunk.fileName, textOf(chunk, repository)] as const);
  const modules = chunks.flatMap(({ moduleIds }) => moduleIds);
  const manifest = await readFile(path.join(repository, "package.json"), "utf8");
  const { type }: { readonly type: string } = JSON.parse(manifest);
  return new Map([...texts, ["licenses.txt", await licensesOf(modules)], ["package.json", `${JSON.stringify({ type })}\n`]]);
}

function textOf({ fileName, code }: OutputChunk, repository: string): string {
  if (code.includes(repository)) throw new Error(`${fileName} names a folder of this machine`);
  // Older packages know their folder by a name that modules no longer have.
  return /\b__dirname\b/.test(code) ? `const __dirname = import.meta.dirname;\n${code}` : code;
}
