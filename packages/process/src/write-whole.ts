import { mkdir, open, rename } from "node:fs/promises";
import path from "node:path";
import { notWritable } from "./not-writable.ts";

/** Writes a file that is either there whole or not at all: beside it, to disk, then renamed. DIRECTORY_NOT_WRITABLE. */
export async function writeWhole(file: string, content: string): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await using handle = await open(temporary, "w");
    await handle.writeFile(content);
    await handle.sync();
    await rename(temporary, file);
  } catch (thrown) {
    throw notWritable(file, thrown);
  }
}
