import { randomUUID } from "node:crypto";
import { access, constants, mkdir, open, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { RehearseError, systemReason } from "@rehearse/errors";

/**
 * Puts a file in place whole or not at all: `write` fills a temporary file beside it, which is flushed to disk and renamed.
 * A failure leaves what was there. DIRECTORY_NOT_WRITABLE, and what `write` throws of its own.
 */
export async function writeAtomically<T>(file: string, write: (temporary: string) => Promise<T>): Promise<T> {
  const temporary = join(dirname(file), `.${basename(file)}.${randomUUID()}`);
  try {
    const result = await write(temporary);
    await flush(temporary);
    await rename(temporary, file);
    await flush(dirname(file));
    return result;
  } catch (error) {
    await rm(temporary, { force: true });
    throw isSystemError(error) ? notWritable(file, error) : error;
  }
}

/** Writes a file for ourselves, which nobody else looks for. DIRECTORY_NOT_WRITABLE. */
export async function writeIntermediate(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw isSystemError(error) ? notWritable(file, error) : error;
  }
}

/** Makes a directory and those above it. DIRECTORY_NOT_WRITABLE. */
export async function makeDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true });
  } catch (error) {
    throw isSystemError(error) ? notWritable(directory, error) : error;
  }
}

/** Refuses a directory that is not there or not to be written to, before work is done for it. DIRECTORY_NOT_WRITABLE. */
export async function requireWritable(directory: string): Promise<void> {
  try {
    await access(directory, constants.W_OK);
  } catch (error) {
    throw isSystemError(error) ? notWritable(directory, error) : error;
  }
}

/** Whether the operating system refused something, by one of its codes. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}

async function flush(path: string): Promise<void> {
  await using handle = await open(path, "r");
  await handle.sync();
}

function notWritable(path: string, cause: Error): RehearseError {
  return new RehearseError({
    code: "DIRECTORY_NOT_WRITABLE",
    message: `${path} cannot be written: ${systemReason(cause)}`,
    hint: "Make its directory writable and see that the disk has room.",
    cause,
  });
}
