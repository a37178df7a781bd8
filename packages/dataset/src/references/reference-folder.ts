import { lstat } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { RehearseError, messageOf } from "@rehearse/errors";
import { isSystemError } from "../tables/write-atomically.ts";

const files = ["manifest.json", "rows.ndjson", "rows.parquet"];

/**
 * Refuses a reference that would be written outside its place: a directory that is not below `root` (itself, where no root is given), or a symbolic
 * link on the way from there to the files. REFERENCE_INVALID.
 */
export async function refuseDetour({ directory, root = directory }: { directory: string; root?: string | undefined }): Promise<void> {
  const below = relative(root, directory).split(sep);
  if (below[0] === ".." || resolve(root, ...below) !== resolve(directory)) throw refused(`${directory} is not below ${root}`);
  const steps = below.map((_, index) => join(root, ...below.slice(0, index + 1)));
  for (const path of [root, ...steps, ...files.map((file) => join(directory, file))])
    if (await isSymbolicLink(path)) throw refused(`${path} is a symbolic link, and references are not written through one`);
}

async function isSymbolicLink(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch (error) {
    if (isSystemError(error) && (error.code === "ENOENT" || error.code === "ENOTDIR")) return false;
    throw refused(`${path} cannot be looked at: ${messageOf(error)}`);
  }
}

function refused(message: string): RehearseError {
  return new RehearseError({ code: "REFERENCE_INVALID", message, hint: "Remove the link, or move the references to a plain folder." });
}
