import { createHash } from "node:crypto";
import { createReadStream, lstatSync, readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { z } from "zod";

/** What each file below a directory holds, by relative path: a file's hash and size, or where a symbolic link points. */
export const manifestSchema = z.record(
  z.string(),
  z.union([z.strictObject({ sha256: z.string(), size: z.int() }), z.strictObject({ link: z.string() })]),
);
export type Manifest = z.infer<typeof manifestSchema>;
export type Content = Manifest[string];

/** What the file system says of each file: as long as that is the same, so is the content. */
export const stampsSchema = z.record(z.string(), z.string());
export type Stamps = z.infer<typeof stampsSchema>;

/** The stamps of every file and link below `directory`. Engines have thousands, looked at before each start: hence the plain concatenations. */
export function stampsOf(directory: string): Stamps {
  const stamps: Stamps = {};
  const addBelow = (folder: string): void => {
    for (const entry of readdirSync(`${directory}/${folder}`, { withFileTypes: true })) {
      const path = folder + entry.name;
      if (entry.isDirectory()) addBelow(`${path}/`);
      else stamps[path] = stampOf(`${directory}/${path}`);
    }
  };
  addBelow("");
  return stamps;
}

function stampOf(path: string): string {
  const { size, mtimeNs, ctimeNs, ino } = lstatSync(path, { bigint: true });
  return `${size} ${mtimeNs} ${ctimeNs} ${ino}`;
}

/** Reads one file below `directory`. */
export async function contentOf(directory: string, path: string): Promise<Content> {
  const file = join(directory, path);
  const { size } = lstatSync(file);
  if (lstatSync(file).isSymbolicLink()) return { link: readlinkSync(file) };
  const hash = createHash("sha256");
  await pipeline(createReadStream(file, { highWaterMark: 1024 * 1024 }), hash);
  return { sha256: hash.digest("hex"), size };
}
