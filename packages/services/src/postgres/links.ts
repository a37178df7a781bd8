import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { RehearseError } from "@rehearse/errors";
import { packageDirectory } from "./plan.ts";

/** npm packages hold no symbolic links, so this one lists those of its libraries, and its install script (never run here) makes them. */
export async function links(packages: string): Promise<Record<string, string>> {
  const directory = packageDirectory(packages);
  const file = join(directory, "native", "pg-symlinks.json");
  // No packages for this platform: the provider finds that out.
  if (!existsSync(file)) return {};
  const list: unknown = JSON.parse(await readFile(file, "utf8"));
  if (!Array.isArray(list) || !list.every(isLink)) {
    throw new RehearseError({
      code: "ENGINE_CORRUPT",
      message: `The list of library links in ${directory} is not what Postgres packages carry.`,
      hint: "Please report it: this version of Rehearse and its Postgres packages do not fit.",
    });
  }
  return Object.fromEntries(list.map(({ source, target }) => [join(directory, target), join(directory, source)]));
}

function isLink(value: unknown): value is { source: string; target: string } {
  return (
    typeof value === "object" && value !== null && "source" in value && "target" in value && isPath(value.source) && isPath(value.target)
  );
}

function isPath(value: unknown): value is string {
  return typeof value === "string" && !value.split("/").includes("..");
}
