import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import type { Content } from "./manifest.ts";

/** The size and SHA-256 of a file. Fails as `open` does. */
export async function contentOf(file: string): Promise<Content> {
  const hash = createHash("sha256");
  const room = Buffer.allocUnsafe(2 ** 20);
  await using handle = await open(file, "r");
  let bytes = 0;
  for (;;) {
    const { bytesRead } = await handle.read(room, 0, room.length, null);
    if (bytesRead === 0) return { bytes, sha256: hash.digest("hex") };
    hash.update(room.subarray(0, bytesRead));
    bytes += bytesRead;
  }
}
