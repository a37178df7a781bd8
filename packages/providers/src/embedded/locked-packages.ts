import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, symlink } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { messageOf, RehearseError } from "@rehearse/errors";
import { runTool } from "@rehearse/process";
import type { EnginePackages } from "@rehearse/services";
import { npmCommand } from "./npm-command.ts";
import { sealedDirectory } from "./sealed-directory.ts";

export interface PackagesRequest {
  /** Begins the name of their folder in the cache. */
  readonly name: string;
  /** For people. */
  readonly title: string;
  readonly packages: EnginePackages;
  readonly cache: string;
  readonly signal: AbortSignal;
  readonly onProgress: (text: string) => void;
}

const fetchTimeoutMs = 15 * 60 * 1000;

/** The directory that holds the packages' `node_modules`: fetched on first use, checked on each. ENGINE_FETCH_FAILED, ENGINE_CORRUPT. */
export async function lockedPackages({ name, title, packages, cache, signal, onProgress }: PackagesRequest): Promise<string> {
  const { folder, megabytes } = packages;
  return sealedDirectory({
    path: await packagesPath({ name, packages, cache }),
    make: async (directory) => {
      onProgress(`Fetching ${title}, about ${megabytes} MB, once`);
      await install({ title, folder, directory, signal });
      await link(packages, directory);
    },
  });
}

/** The sealed directory of the packages, there or not. */
export async function packagesPath({ name, packages, cache }: Pick<PackagesRequest, "name" | "packages" | "cache">): Promise<string> {
  const lock = await readFile(join(packages.folder, "package-lock.json"));
  const digest = createHash("sha256").update(lock).digest("hex").slice(0, 16);
  return join(cache, "engines", `${name}-${digest}-${process.platform}-${process.arch}`);
}

interface Install {
  readonly title: string;
  readonly folder: string;
  readonly directory: string;
  readonly signal: AbortSignal;
}

async function install({ title, folder, directory, signal }: Install): Promise<void> {
  for (const file of ["package.json", "package-lock.json"]) await copyFile(join(folder, file), join(directory, file));
  const flags = ["--ignore-scripts", "--omit=dev", "--include=optional", "--no-audit", "--no-fund", "--no-workspaces", "--loglevel=error"];
  const command = npmCommand(["ci", ...flags, "--prefix", directory], directory);
  const result = await runTool({ command, timeoutMs: fetchTimeoutMs, signal }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw notFetched({ title, message: messageOf(error), words: "", cause: error });
  });
  if (result.timedOut)
    throw notFetched({ title, message: `npm did not end within ${fetchTimeoutMs / 60_000} minutes`, words: result.stderr });
  if (result.code !== 0) throw notFetched({ title, message: `npm ended with ${result.code ?? result.signal}`, words: result.stderr });
}

/** npm packages hold no symbolic links. Ours are relative: the directory is moved once it is whole. */
async function link(packages: EnginePackages, directory: string): Promise<void> {
  const links = (await packages.links?.(directory)) ?? {};
  for (const [path, target] of Object.entries(links)) {
    await mkdir(dirname(path), { recursive: true });
    await symlink(relative(dirname(path), target), path);
  }
}

function notFetched({ title, message, words, cause }: { title: string; message: string; words: string; cause?: unknown }): RehearseError {
  return new RehearseError({
    code: "ENGINE_FETCH_FAILED",
    message: `${title} could not be fetched: ${message}.`,
    hint: "Make sure that npm is on PATH and reaches its registry (npm ping), then try again.",
    ...(words.trim() === "" ? {} : { details: lastWords(words) }),
    cause,
  });
}

/** The end of what npm wrote, without the stacks of its own code. */
function lastWords(words: string): string {
  const lines = words.split("\n").filter((line) => !/^npm error\s+at /.test(line));
  return lines.join("\n").trim().split("\n").slice(-20).join("\n");
}
