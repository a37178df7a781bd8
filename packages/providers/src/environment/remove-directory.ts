import { chmod, lstat, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

/**
 * Removes a directory with all that is in it, also directories that their owner made unreadable or read-only. Gone already is fine. What cannot
 * be removed stays: the caller looks afterwards.
 */
export async function removeDirectory(path: string): Promise<void> {
  if (await tryRemove(path)) return;
  await openUp(path);
  await tryRemove(path);
}

/** Two tear-downs may be at it at once, and a process may write while it is ended: hence the tries. */
async function tryRemove(path: string): Promise<boolean> {
  try {
    await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    return true;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return false;
  }
}

async function openUp(path: string): Promise<void> {
  try {
    if (!(await lstat(path)).isDirectory()) return;
    await chmod(path, 0o700);
    for (const name of await readdir(path)) await openUp(join(path, name));
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}

const isSystemError = (error: unknown): boolean => error instanceof Error && "code" in error;
