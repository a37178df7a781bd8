import { createWriteStream } from "node:fs";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { isDiskFault } from "@rehearse/errors";
import { notWritable } from "@rehearse/process";

/** Writes a stream into a file; DIRECTORY_NOT_WRITABLE where the file is at fault, else whatever the stream failed with. */
export async function saveStream(stream: Readable, file: string): Promise<void> {
  const output = createWriteStream(file);
  let writeError: Error | undefined;
  output.on("error", (error) => {
    writeError = error;
  });
  try {
    await pipeline(stream, output);
  } catch (error) {
    // A stream that breaks off destroys the file's with its own error: that one is not about writing. A full disk names no path.
    const ofTheFile = writeError !== undefined && (("syscall" in writeError && "path" in writeError) || isDiskFault(writeError));
    throw ofTheFile ? notWritable(file, writeError) : error;
  }
}
