import { existsSync } from "node:fs";
import { readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { rolldown } from "rolldown";
import { builtDirectory, builtModule, builtRecord, repository, type BuiltCommand } from "./built-command.ts";
import { changedSince, stampOf } from "./source-stamp.ts";

/** Libraries of many small modules that every command loads; all others are left where they are installed. */
const joined = /\/node_modules\/(?:commander|yaml|zod)\//;

/** What npm writes anew whenever it installs something, and what builds. */
const alsoOf = ["node_modules/.package-lock.json", path.relative(repository, import.meta.filename)];

const dayMs = 24 * 60 * 60 * 1000;

/** A file's time of change is that of the kernel's last tick. */
const tickMs = 20;

/** Builds the command of the sources as they are now, and returns the path of its module. What older commands may still load from is kept for a day. */
export async function buildCommand(): Promise<string> {
  const start = Date.now() - tickMs;
  const temporary = path.join(builtDirectory, `${process.pid}-${Date.now()}`);
  try {
    const sources = await writeModules(temporary);
    // Before the look at what was written to: a stamp is never of sources newer than those that were read.
    const stamp = stampOf(repository, sources);
    const changed = changedSince(repository, sources, start);
    if (changed !== undefined) throw new Error(`${changed} was written to while it was read`);
    const module = builtModule(stamp);
    // Whoever was quicker has built the same.
    await rename(temporary, path.dirname(module)).catch((error: unknown) => {
      if (!existsSync(module)) throw error;
    });
    await writeRecord({ sources, stamp });
    await removeOld(stamp);
    return module;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Resolves to the sources that went into it. */
async function writeModules(directory: string): Promise<string[]> {
  await using bundle = await rolldown({
    input: { "run-cli": path.join(repository, "packages/cli/src/run-cli.ts") },
    platform: "node",
    logLevel: "silent",
    external: (id, _from, resolved) => id.startsWith("node:") || (resolved && id.includes("/node_modules/") && !joined.test(id)),
  });
  const { output } = await bundle.write({
    dir: directory,
    format: "esm",
    keepNames: true,
    entryFileNames: "[name].mjs",
    chunkFileNames: "[name]-[hash].mjs",
  });
  const modules = output.flatMap((chunk) => (chunk.type === "chunk" ? chunk.moduleIds : []));
  const ours = modules.map((module) => path.relative(repository, module)).filter((file) => /^packages\/[^/]+\/src\//.test(file));
  const manifests = new Set(ours.map((file) => path.join(...file.split("/").slice(0, 2), "package.json")));
  return [...alsoOf, ...manifests, ...ours].toSorted();
}

/** Never half written: others start meanwhile. */
async function writeRecord(record: BuiltCommand): Promise<void> {
  const temporary = `${builtRecord}.${process.pid}`;
  await writeFile(temporary, JSON.stringify(record));
  await rename(temporary, builtRecord);
}

async function removeOld(stamp: string): Promise<void> {
  const folders = (await readdir(builtDirectory, { withFileTypes: true })).filter((entry) => entry.isDirectory() && entry.name !== stamp);
  for (const { name } of folders) {
    const folder = path.join(builtDirectory, name);
    const { ctimeMs } = await stat(folder);
    if (Date.now() - ctimeMs > dayMs) await rm(folder, { recursive: true, force: true });
  }
}
