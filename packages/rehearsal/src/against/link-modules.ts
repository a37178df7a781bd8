import { lstat, mkdir, readdir, realpath, symlink } from "node:fs/promises";
import path from "node:path";
import { ifMissing } from "../store/if-missing.ts";

interface Trees {
  /** Absolute, without symbolic links: the work tree of the head, with what is installed. */
  readonly head: string;
  /** Absolute: the tree of another commit, with nothing installed. */
  readonly base: string;
}

/**
 * Gives a tree the Node packages that are installed for the head: those of others are the head's, those of the repository itself are the tree's own.
 * Left to the search upwards, code of the base would load the head's workspace packages.
 * @param folder the scenario's folder below both trees
 */
export async function linkModules(trees: Trees, folder: string): Promise<void> {
  const parts = folder.split("/").filter((part) => part !== "");
  const pending = Array.from({ length: parts.length + 1 }, (_, length) => path.join(...parts.slice(0, length), "."));
  const done = new Set<string>();
  for (let place = pending.shift(); place !== undefined; place = pending.shift()) {
    if (done.has(place)) continue;
    done.add(place);
    pending.push(...(await linkFolder(trees, place)));
  }
}

/** Links what one `node_modules` holds; resolves to the repository's own packages that were found in it. */
async function linkFolder({ head, base }: Trees, place: string): Promise<string[]> {
  const [from, to] = [path.join(head, place, "node_modules"), path.join(base, place, "node_modules")];
  const installed = (await isFolder(from)) && (await isFolder(path.join(base, place))) && !(await isFolder(to));
  if (!installed) return [];
  const own: string[] = [];
  await mkdir(to);
  for (const name of await packagesOf(from)) {
    const target = await realpath(path.join(from, name)).catch(ifMissing(null));
    if (target === null) continue;
    const below = path.relative(head, target);
    const isOwn = !below.startsWith("..") && !below.split(path.sep).includes("node_modules");
    if (isOwn) own.push(below);
    await mkdir(path.dirname(path.join(to, name)), { recursive: true });
    await symlink(isOwn ? path.join(base, below) : target, path.join(to, name));
  }
  return own;
}

/** The entries of a `node_modules`, those of a scope one by one. */
async function packagesOf(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  const listed = names.map(async (name) => {
    if (!name.startsWith("@")) return [name];
    return (await readdir(path.join(folder, name))).map((inner) => path.join(name, inner));
  });
  return (await Promise.all(listed)).flat();
}

async function isFolder(place: string): Promise<boolean> {
  return (await lstat(place).catch(ifMissing(null)))?.isDirectory() === true;
}
