import { existsSync, statfsSync } from "node:fs";

/** Where Linux keeps files in memory that every user may make. */
const sharedMemory = "/dev/shm";
const tmpfs = 0x0102_1994;
const roomBytes = 4 * 2 ** 30;

/** The parents of directories that lie in memory, whether they are chosen now or not: what was made there must be found. */
export const memoryPlaces: readonly string[] = process.platform === "linux" ? [sharedMemory] : [];

/**
 * Where servers keep their data in memory: a disk can take a second to make and remove the thousand files of a new server. Null where their data
 * belongs on the disk: where the user named a directory for temporary files, where there is not memory enough for data of some size, and for
 * others than root, whose files systemd removes from memory when they log out, whatever still uses them.
 */
export function memoryPlace(): string | null {
  const { TMPDIR, TMP, TEMP } = process.env;
  const named = [TMPDIR, TMP, TEMP].some((directory) => directory !== undefined && directory !== "");
  if (named || process.platform !== "linux" || process.getuid?.() !== 0 || !existsSync(sharedMemory)) return null;
  const { type, bavail, bsize } = statfsSync(sharedMemory);
  const roomy = bavail * bsize >= roomBytes && process.availableMemory() >= 2 * roomBytes;
  return type === tmpfs && roomy ? sharedMemory : null;
}
