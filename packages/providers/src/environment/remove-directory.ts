import { chmod, lstat, readdir, rm, rmdir, unlink } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "@rehearse/errors";
import { mountsBelow } from "./mounts-below.ts";

/**
 * Two tear-downs may be at it at once, and a process may write while it is ended: hence the tries. All together they wait for less than two
 * seconds, however much of the directory cannot be removed.
 */
const pausesMs = [20, 50, 100, 200, 400, 800];
const patienceMs = 2_000;

/**
 * Removes a directory with all that is in it, also directories that their owner made unreadable or read-only. Gone already is fine. What cannot
 * be removed stays, and nothing else: then it resolves to the system's reason, else to null.
 */
export async function removeDirectory(path: string): Promise<string | null> {
  // What was mounted there belongs to somebody else: `rm` would empty it.
  if (mountsBelow(path).size === 0 && (await tryTo(() => rm(path, { recursive: true, force: true }))) === null) return null;
  const begun = performance.now();
  let reason = await removeWhatGoes(path, mountsBelow(path));
  for (const [tries, pauseMs] of pausesMs.entries()) {
    // A try over many thousands of files takes seconds itself: then one more must do.
    if (reason === null || (tries > 0 && performance.now() - begun > patienceMs)) return reason;
    await sleep(pauseMs);
    reason = await removeWhatGoes(path, mountsBelow(path));
  }
  return reason;
}

/** Removes everything that can be removed, once, and resolves to the first reason of what cannot. */
async function removeWhatGoes(path: string, mounts: ReadonlySet<string>): Promise<string | null> {
  const stat = await lstat(path).catch(() => null);
  if (stat?.isDirectory() !== true) return tryTo(() => unlink(path));
  let reason: string | null = null;
  if (!mounts.has(path)) {
    // Where its owner closed it. If that is somebody else, the next line says so.
    if ((stat.mode & 0o700) !== 0o700) await tryTo(() => chmod(path, 0o700));
    let names: string[] = [];
    reason = await tryTo(async () => void (names = await readdir(path)));
    for (const name of names) {
      const ofOne = await removeWhatGoes(join(path, name), mounts);
      reason ??= ofOne;
    }
  }
  return reason ?? tryTo(() => rmdir(path));
}

/** Null where it was done, or there was nothing to do it to; else the system's reason. */
async function tryTo(act: () => Promise<void>): Promise<string | null> {
  try {
    await act();
    return null;
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return error.code === "ENOENT" ? null : messageOf(error);
  }
}
