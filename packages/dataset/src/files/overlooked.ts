import type { Dirent } from "node:fs";
import { join, sep } from "node:path";
import { RehearseError } from "@rehearse/errors";
import { linkedFolder } from "./linked-folder.ts";

const compressed = /\.(parquet|csv|tsv|ndjson|jsonl|json)\.(gz|zst|bz2|xz|lz4|snappy|br|zip)$/i;

/** Refuses what lies below a folder beside files that are compared, and would be passed over without a word: rows that nobody looks at never differ. USAGE. */
export async function refuseOverlooked(folder: string, entries: readonly Dirent[]): Promise<void> {
  refuseLink(await linkedFolder(folder, "**", { named: false }));
  const packed = entries.find((entry) => !entry.isDirectory() && compressed.test(entry.name));
  if (packed === undefined) return;
  throw new RehearseError({
    code: "USAGE",
    message: `${join(packed.parentPath, packed.name)} is compressed, and would be passed over`,
    expected: "files that can be read as they are",
    got: packed.name,
    hint: "Unpack it, or leave it out with a pattern.",
  });
}

/** Refuses links to folders that a pattern goes through without their name: it follows none. USAGE. */
export async function refuseLinksOf(pattern: string): Promise<void> {
  const segments = pattern.split(sep);
  const fixed = fixedSegments(segments);
  const root = `${segments.slice(0, fixed).join(sep)}${sep}`;
  refuseLink(await linkedFolder(fixed === 0 ? "." : root, segments.slice(fixed).join(sep), { named: false }));
}

/**
 * Refuses files whose rows belong to a partition, `day=2027-01-31` in their path, that `pattern` does not name itself: its value stands in no row, so that
 * rows which went to another partition would pass for the same. USAGE.
 */
export function refusePartitions(pattern: string, files: readonly string[]): void {
  const named = fixedSegments(pattern.split(sep));
  for (const file of files) {
    const partition = file
      .split(sep)
      .slice(named, -1)
      .find((segment) => /^[^=]+=/.test(segment));
    if (partition === undefined) continue;
    throw new RehearseError({
      code: "USAGE",
      message: `${file}: ${partition} stands in its path alone, and would not be compared`,
      expected: "files whose rows say all",
      got: `a partition, ${partition}`,
      hint: "Write that value into a column of the rows as well, or compare one partition at a time, by its whole name.",
    });
  }
}

function refuseLink(link: string | undefined): void {
  if (link === undefined) return;
  throw new RehearseError({
    code: "USAGE",
    message: `${link} leads to a folder, whose files would be passed over`,
    expected: "files that lie there themselves",
    got: "a link to a folder",
    hint: "Put the files there, or name that folder by itself.",
  });
}

/** How many segments of a pattern come before the first one that stands for several names. */
function fixedSegments(segments: readonly string[]): number {
  const first = segments.findIndex((segment) => /[*?[{(]/.test(segment));
  return first === -1 ? segments.length : first;
}
