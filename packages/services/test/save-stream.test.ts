import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { saveStream } from "../src/save-stream.ts";

test("a disk that is full is the file's fault, though its error names no path", async () => {
  await expect(saveStream(Readable.from(["row"]), "/dev/full")).rejects.toMatchObject({
    code: "DIRECTORY_NOT_WRITABLE",
    message: expect.stringContaining("/dev/full"),
    got: expect.stringContaining("ENOSPC"),
  });
});

test("what cannot be read is not the file's fault", async () => {
  const reset = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET", syscall: "read" });
  const gone = new Readable({ read: () => gone.destroy(reset) });
  await expect(saveStream(gone, "/dev/null")).rejects.toBe(reset);
});
