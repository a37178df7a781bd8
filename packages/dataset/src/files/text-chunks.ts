import { createReadStream } from "node:fs";
import { RehearseError, messageOf } from "@rehearse/errors";

/** The text of a file in pieces, without a byte order mark. DATASET_UNREADABLE where it cannot be read or is not UTF-8. */
export async function* textChunks(file: string): AsyncGenerator<string, void> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 2 ** 20 })) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (error) {
    const [message, hint] =
      error instanceof TypeError
        ? [`${file} is not UTF-8`, "Write the file again, as UTF-8."]
        : [`${file} cannot be read: ${messageOf(error)}`, "See that it is a file, and that you may read it."];
    throw new RehearseError({ code: "DATASET_UNREADABLE", message, hint, cause: error });
  }
}
