import { mkdir, open, rename } from "node:fs/promises";
import path from "node:path";
import { messageOf, RehearseError } from "@rehearse/errors";

/** Writes a file that is either there whole or not at all: beside it, to disk, then renamed. */
export async function writeWhole(file: string, content: string): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await using handle = await open(temporary, "w");
    await handle.writeFile(content);
    await handle.sync();
    await rename(temporary, file);
  } catch (cause) {
    throw new RehearseError({
      code: "DIRECTORY_NOT_WRITABLE",
      message: `${file} cannot be written: ${messageOf(cause)}`,
      hint: "Check the folder's owner and rights, and the space left on the disk.",
      cause,
    });
  }
}
