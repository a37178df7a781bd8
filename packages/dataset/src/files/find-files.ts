import { glob, readdir, realpath, stat } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import { RehearseError } from "@rehearse/errors";
import { isSystemError } from "../tables/write-atomically.ts";
import { refuseLinksOf, refuseOverlooked, refusePartitions } from "./overlooked.ts";

/** What a path on the command line names: a dataset or reference of Rehearse's, or files of one format, in the order of their names. */
export type FoundFiles =
  | { readonly format: "dataset"; readonly directory: string }
  | { readonly format: "parquet" | "csv" | "json"; readonly files: readonly string[] };

type Format = Exclude<FoundFiles["format"], "dataset">;

const formats: Readonly<Record<string, Format>> = {
  ".parquet": "parquet",
  ".csv": "csv",
  ".tsv": "csv",
  ".ndjson": "json",
  ".jsonl": "json",
  ".json": "json",
};

/**
 * Finds what `path` names: a file, a folder of files or of a dataset, or a pattern such as `out/*.parquet`.
 * DATASET_NOT_FOUND where there is nothing, USAGE where it is of no format that can be compared, or of several, or where rows would be passed over.
 */
export async function findFiles(path: string): Promise<FoundFiles> {
  const kind = await kindOf(path);
  if (kind === "file") return ofOneFormat(path, [path]);
  if (kind === "folder") {
    if ((await readdir(path)).includes("manifest.json")) return { format: "dataset", directory: await realpath(path) };
    return ofOneFormat(path, await filesOf(path));
  }
  await refuseLinksOf(path);
  const found: string[] = [];
  for await (const file of glob(path)) if ((await kindOf(file)) === "file") found.push(file);
  refusePartitions(path, found.toSorted());
  return ofOneFormat(path, found.toSorted());
}

/** The files of a folder that can be compared. USAGE where there are more below it: rows that are passed over would never differ. */
async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  await refuseOverlooked(folder, entries);
  const found = entries
    .filter((entry) => !entry.isDirectory() && extname(entry.name).toLowerCase() in formats)
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  const below = found.find((file) => dirname(file) !== dirname(join(folder, "x")));
  if (below !== undefined)
    throw new RehearseError({
      code: "USAGE",
      message: `${folder} has files in folders of its own, which would be passed over`,
      expected: "a folder whose files lie in it, or a pattern",
      got: below,
      hint: `With those below: '${join(folder, "**", `*${extname(below)}`)}'; without: '${join(folder, `*${extname(below)}`)}'.`,
    });
  for (const file of found) await kindOf(file);
  return found;
}

async function kindOf(path: string): Promise<"file" | "folder" | null> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return "folder";
    if (found.isFile()) return "file";
  } catch (error) {
    if (isSystemError(error) && (error.code === "ENOENT" || error.code === "ENOTDIR")) return null;
    throw error;
  }
  // Whoever opens a pipe waits for its other end.
  throw new RehearseError({
    code: "USAGE",
    message: `${path} is no plain file`,
    expected: "a file, whose rows can be read more than once",
    got: "a pipe, a socket or a device",
    hint: "Write what comes out of it to a file, and compare that.",
  });
}

/** What some files are, which `path` named. DATASET_NOT_FOUND, USAGE. */
export function ofOneFormat(path: string, files: readonly string[]): FoundFiles {
  if (files.length === 0)
    throw new RehearseError({
      code: "DATASET_NOT_FOUND",
      message: `there is nothing to compare at ${path}`,
      expected: `a file of ${Object.keys(formats).join(", ")}, a folder or a pattern of them, or the folder of a dataset`,
      got: "no such file",
      hint: "Check the path; in quotes, where it is a pattern.",
    });
  const found = new Set(files.map((file) => formats[extname(file).toLowerCase()]));
  const [format, ...others] = found;
  if (format !== undefined && others.length === 0) return { format, files };
  throw new RehearseError({
    code: "USAGE",
    message: format === undefined ? `${files[0]} is of no format that Rehearse compares` : `${path} names files of several formats`,
    expected: `files of one of ${Object.keys(formats).join(", ")}`,
    got: files.slice(0, 5).join(", "),
    hint: "Name files of one format, whose names say which.",
  });
}
