import { constants, copyFile, lstat, open, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { contentOf } from "../rows/content-of.ts";
import type { Content } from "../rows/manifest.ts";
import { isSystemError, makeDirectory, writeAtomically } from "../tables/write-atomically.ts";
import { objectSteps, sha256OfName } from "./object-name.ts";
import type { ObjectStore, StoredObject } from "./object-store.ts";
import { storeInvalid, storeUnavailable } from "./store-failure.ts";

/** A folder as a store of references. The folder itself may be a link; nothing in it is followed out of it. */
export class DirectoryStore implements ObjectStore {
  readonly title: string;

  /** `title` is its absolute path; it is made when something is put there. */
  constructor(title: string) {
    this.title = title;
  }

  async has({ sha256, bytes }: Content): Promise<boolean> {
    if ((await this.#sizeOf(sha256)) !== bytes) return false;
    const path = join(this.title, ...objectSteps(sha256));
    const content = await contentOf(path).catch((cause: unknown) => {
      throw this.#unavailable(`reading ${path}`, cause);
    });
    return content.sha256 === sha256;
  }

  async put(content: Content, file: string): Promise<void> {
    const [top, fold, name] = objectSteps(content.sha256);
    await this.#sizeOf(content.sha256);
    await makeDirectory(join(this.title, top, fold));
    await writeAtomically(join(this.title, top, fold, name), async (temporary) => {
      await copyFile(file, temporary, constants.COPYFILE_FICLONE);
      const { sha256 } = await contentOf(temporary);
      if (sha256 !== content.sha256)
        throw storeInvalid({ title: this.title, problem: `what is written there arrives changed`, got: sha256 });
    });
  }

  async read({ sha256 }: Content): Promise<AsyncIterable<Uint8Array> | null> {
    if ((await this.#sizeOf(sha256)) === null) return null;
    const path = join(this.title, ...objectSteps(sha256));
    const doing = `reading ${path}`;
    // The file may have become a link or a pipe since it was looked at: neither is followed or waited for.
    const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch((cause: unknown) => {
      throw this.#unavailable(doing, cause);
    });
    return this.#chunks(handle.createReadStream(), doing);
  }

  async list(): Promise<StoredObject[]> {
    const root = join(this.title, "sha256");
    const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
      if (isSystemError(cause) && cause.code === "ENOENT") return [];
      throw this.#unavailable(`listing ${root}`, cause);
    });
    const found = entries.flatMap((entry) => {
      const path = join(entry.parentPath, entry.name);
      const sha256 = entry.isFile() ? sha256OfName(path) : null;
      return sha256 === null ? [] : [{ path, sha256 }];
    });
    return Promise.all(
      found.map(async ({ path, sha256 }) => {
        const { size, mtime } = await lstat(path);
        return { sha256, bytes: size, modifiedAt: mtime };
      }),
    );
  }

  async remove(sha256: string): Promise<void> {
    const path = join(this.title, ...objectSteps(sha256));
    if ((await this.#sizeOf(sha256)) === null) return;
    await rm(path).catch((cause: unknown) => {
      throw this.#unavailable(`removing ${path}`, cause);
    });
  }

  /** The size of a file of the store, null where there is none; refuses everything else on the way to it. */
  async #sizeOf(sha256: string): Promise<number | null> {
    const steps = objectSteps(sha256);
    let size: number | null = null;
    for (const [index, step] of steps.entries()) {
      const path = join(this.title, ...steps.slice(0, index), step);
      const entry = await lstat(path).catch((cause: unknown) => {
        if (isSystemError(cause) && cause.code === "ENOENT") return null;
        throw this.#unavailable(`looking at ${path}`, cause);
      });
      if (entry === null) return null;
      const isLast = index === steps.length - 1;
      if (isLast ? !entry.isFile() : !entry.isDirectory())
        throw storeInvalid({ title: this.title, problem: `${path} is no plain ${isLast ? "file" : "folder"}` });
      size = entry.size;
    }
    return size;
  }

  async *#chunks(stream: AsyncIterable<Uint8Array>, doing: string): AsyncIterable<Uint8Array> {
    try {
      yield* stream;
    } catch (cause) {
      throw this.#unavailable(doing, cause);
    }
  }

  #unavailable(doing: string, cause: unknown) {
    const hint = "Make the folder readable, or name another one at `references.store` in the file.";
    return storeUnavailable({ title: this.title, doing, cause, hint });
  }
}
