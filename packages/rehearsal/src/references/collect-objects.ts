import { readdir, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { readPointer, type ObjectStore, type StoredObject } from "@rehearse/dataset";
import { RehearseError } from "@rehearse/errors";
import { loadScenario } from "../load-scenario.ts";
import { ifMissing } from "../store/if-missing.ts";
import { referenceStorage } from "../store/reference-storage.ts";

/** An object is put in the store before a pointer names it: what came lately may be about to be named. */
const youngMs = 24 * 60 * 60 * 1000;

/** What becomes of the objects of a store. */
export interface Collection {
  readonly store: string;
  /** The folder whose pointers were read: the repository, else the scenario. */
  readonly tree: string;
  readonly pointers: number;
  readonly named: readonly StoredObject[];
  readonly young: readonly StoredObject[];
  readonly unnamed: readonly StoredObject[];
}

/**
 * Looks for what no pointer of the work tree names, in whatever scenario of it, and removes it where `remove` says so. What other branches name is not
 * known here. CONFIG_INVALID where the file names no store; REFERENCE_INVALID, and nothing removed, where one pointer cannot be read; STORE_UNAVAILABLE.
 */
export async function collectObjects(request: {
  readonly path: string;
  readonly remove: boolean;
  readonly now: Date;
}): Promise<Collection> {
  const scenario = await loadScenario(request.path);
  const { store } = referenceStorage(scenario);
  if (store === null)
    throw new RehearseError({
      code: "CONFIG_INVALID",
      message: `${scenario.file} names no store of references, so there is nothing to collect.`,
      expected: "references: { store: <folder or s3://bucket/prefix> }",
      hint: "References without a store lie in the scenario's folder: git has all of them.",
    });
  const tree = await repositoryOf(await realpath(scenario.directory));
  // The store is listed first: what is named while the tree is read is then not among what is looked at.
  const objects = await store.list();
  const pointers = await namedObjects(tree);
  const collection = planCollection({ store, tree, pointers, objects, now: request.now });
  if (request.remove) for (const { sha256 } of collection.unnamed) await store.remove(sha256);
  return collection;
}

interface Sorting {
  readonly store: ObjectStore;
  readonly tree: string;
  /** The SHA-256 of each pointer to a store. */
  readonly pointers: readonly string[];
  readonly objects: readonly StoredObject[];
  readonly now: Date;
}

function planCollection({ store, tree, pointers, objects, now }: Sorting): Collection {
  const names = new Set(pointers);
  const isYoung = ({ modifiedAt }: StoredObject): boolean => now.getTime() - modifiedAt.getTime() < youngMs;
  const others = objects.filter(({ sha256 }) => !names.has(sha256));
  return {
    store: store.title,
    tree,
    pointers: pointers.length,
    named: objects.filter(({ sha256 }) => names.has(sha256)),
    young: others.filter(isYoung),
    unnamed: others.filter((object) => !isYoung(object)).toSorted((a, b) => a.sha256.localeCompare(b.sha256)),
  };
}

/** The top of the work tree that a folder lies in; the folder itself where that is none. */
async function repositoryOf(folder: string): Promise<string> {
  for (let at = folder; ; at = path.dirname(at)) {
    if (await stat(path.join(at, ".git")).then(() => true, ifMissing(false))) return at;
    if (path.dirname(at) === at) return folder;
  }
}

async function namedObjects(tree: string): Promise<string[]> {
  const named: string[] = [];
  for (const directory of await pointerFolders(tree)) {
    const manifest = await readPointer({ directory });
    if (manifest?.file.name === "rows.parquet" && manifest.file.place === "store") named.push(manifest.file.sha256);
  }
  return named;
}

const notLookedInto = new Set([".git", ".rehearse", "node_modules"]);

/** Every `references/<stage>/<dataset>` with a manifest, anywhere in the tree and where links of it lead. */
async function pointerFolders(folder: string, seen = new Set<string>()): Promise<string[]> {
  // Links may lead in circles; a folder that two lead to is a pointer by the names on the way to it.
  const way = [await realpath(folder), ...folder.split(path.sep).slice(-3)].join("\0");
  if (seen.has(way)) return [];
  seen.add(way);
  const entries = await readdir(folder, { withFileTypes: true });
  const isPointer = path.basename(path.dirname(path.dirname(folder))) === "references";
  if (isPointer && entries.some(({ name }) => name === "manifest.json")) return [folder];
  const inner: string[] = [];
  for (const entry of entries) {
    const place = path.join(folder, entry.name);
    const isFolder = entry.isDirectory() || (entry.isSymbolicLink() && (await leadsToFolder(place)));
    if (isFolder && !notLookedInto.has(entry.name)) inner.push(...(await pointerFolders(place, seen)));
  }
  return inner;
}

/** A link that leads nowhere names nothing. */
async function leadsToFolder(link: string): Promise<boolean> {
  return (await stat(link).catch(ifMissing(null)))?.isDirectory() === true;
}
