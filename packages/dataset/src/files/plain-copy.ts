import { constants, copyFile, open } from "node:fs/promises";
import { withoutMeaning } from "./parquet-footer.ts";

/** Length of the footer and the letters PAR1, at the end of each Parquet file. */
const tail = 8;

/** Copies a Parquet file that can be read, its footer without the meaning of some top-level columns. Where the file system can, the copy shares its bytes. */
export async function plainCopy({ file, target, columns }: { file: string; target: string; columns: ReadonlySet<number> }): Promise<void> {
  await copyFile(file, target, constants.COPYFILE_FICLONE);
  await using handle = await open(target, "r+");
  const { size } = await handle.stat();
  const { buffer: end } = await handle.read(Buffer.alloc(tail), 0, tail, size - tail);
  const length = end.readUInt32LE(0);
  const start = size - tail - length;
  const { buffer: footer } = await handle.read(Buffer.alloc(length), 0, length, start);
  const plain = withoutMeaning(footer, columns);
  end.writeUInt32LE(plain.length, 0);
  const written = Buffer.concat([plain, end]);
  await handle.write(written, 0, written.length, start);
  await handle.truncate(start + written.length);
}
