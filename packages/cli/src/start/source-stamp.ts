import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import path from "node:path";

/** Tells apart states of files (relative to a root) without reading them: whoever writes to a file gives it another time of change, whatever its other times say. */
export function stampOf(root: string, files: readonly string[]): string {
  const hash = createHash("sha256").update(root);
  for (const file of files) {
    const { size, ctimeMs, ino } = statSync(path.join(root, file), { throwIfNoEntry: false }) ?? {};
    hash.update(`\n${file} ${size} ${ctimeMs} ${ino}`);
  }
  return hash.digest("hex").slice(0, 32);
}

/** The first of these files that was written to after a moment, in milliseconds since 1970. */
export function changedSince(root: string, files: readonly string[], moment: number): string | undefined {
  return files.find((file) => (statSync(path.join(root, file), { throwIfNoEntry: false })?.ctimeMs ?? 0) > moment);
}
