import { constants } from "node:fs";
import { access, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname } from "node:path";
import { messageOf } from "@rehearse/errors";
import { cacheDirectory } from "../embedded/cache-directory.ts";
import { memoryPlace } from "./memory-place.ts";
import { stateDirectory } from "../ledger/state-directory.ts";

/** A directory that Rehearse writes to, there or still to be made. */
export interface ExaminedPlace {
  readonly name: "temporary files" | "data of servers" | "engine cache" | "state";
  /** Absolute. */
  readonly path: string;
  /** The variable that names another. */
  readonly variable: string;
  readonly freeBytes: number;
  /** Why it cannot be written to; null where it can. */
  readonly fault: string | null;
}

/** Looks at the directories that Rehearse writes to, beside those of a scenario. */
export function examinePlaces(): Promise<ExaminedPlace[]> {
  return Promise.all([
    examine({ name: "temporary files", path: tmpdir(), variable: "TMPDIR" }),
    examine({ name: "data of servers", path: memoryPlace() ?? tmpdir(), variable: "TMPDIR" }),
    examine({ name: "engine cache", path: cacheDirectory(), variable: "REHEARSE_CACHE" }),
    examine({ name: "state", path: stateDirectory(), variable: "REHEARSE_STATE" }),
  ]);
}

async function examine(place: Pick<ExaminedPlace, "name" | "path" | "variable">): Promise<ExaminedPlace> {
  const there = await nearestThere(place.path);
  const { bavail, bsize } = await statfs(there);
  const fault = await access(there, constants.W_OK | constants.X_OK).then(() => null, messageOf);
  return { ...place, freeBytes: bavail * bsize, fault };
}

/** The place itself, or the directory in which it would be made. */
async function nearestThere(path: string): Promise<string> {
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  return isThere || dirname(path) === path ? path : nearestThere(dirname(path));
}
