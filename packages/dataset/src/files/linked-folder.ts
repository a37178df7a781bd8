import { readdir, stat } from "node:fs/promises";
import { join, matchesGlob, sep } from "node:path";

/**
 * The first link to a folder below `root` that a pattern, from there, goes through by a sign that stands for several names; with `named` also one that it
 * calls by its name. No pattern follows the former: the files behind it would be passed over without a word. Undefined where there is none.
 */
export async function linkedFolder(root: string, pattern: string, { named }: { readonly named: boolean }): Promise<string | undefined> {
  const segments = pattern.split(sep);
  // Alternatives of several segments: whatever lies there may be meant.
  const split = segments.findIndex((segment) => segment.includes("{") && !segment.includes("}"));
  return walk(root, split === -1 ? segments : [...segments.slice(0, split), "**"], named);
}

async function walk(folder: string, [segment, ...rest]: readonly string[], named: boolean): Promise<string | undefined> {
  const isAny = segment === "**";
  // The last one names files.
  if (segment === undefined || (rest.length === 0 && !isAny)) return undefined;
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    if (!isAny && !matchesGlob(entry.name, segment)) continue;
    const path = join(folder, entry.name);
    const isLink = entry.isSymbolicLink();
    if (isLink ? !(await isFolder(path)) : !entry.isDirectory()) continue;
    if (isLink && (named || segment !== entry.name)) return path;
    const found = await walk(path, isAny ? [segment, ...rest] : rest, named);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() ?? false;
}
