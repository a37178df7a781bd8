import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { messageOf, RehearseError } from "@rehearse/errors";
import { writeWhole } from "@rehearse/process";
import { z } from "zod";

const lockSchema = z.strictObject({ version: z.literal(1), images: z.record(z.string(), z.string().regex(/^sha256:[0-9a-f]{64}$/)) });

/**
 * `rehearse.lock` beside rehearse.yml: which bytes the tags of images stood for, so that everybody's containers run the same. Only images that
 * came from a registry have such a digest.
 */
export class LockFile {
  readonly file: string;
  readonly #images: Map<string, string>;
  #writing: Promise<void> = Promise.resolve();

  private constructor(file: string, images: Map<string, string>) {
    this.file = file;
    this.#images = images;
  }

  /** Reads the lock file of a scenario; CONFIG_INVALID for a damaged one. */
  static async open(scenarioDirectory: string): Promise<LockFile> {
    const file = join(scenarioDirectory, "rehearse.lock");
    try {
      const text = await readFile(file, "utf8");
      return new LockFile(file, new Map(Object.entries(lockSchema.parse(JSON.parse(text)).images)));
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return new LockFile(file, new Map());
      throw new RehearseError({
        code: "CONFIG_INVALID",
        message: `${file} cannot be read: ${messageOf(error)}`,
        expected: '{"version": 1, "images": {"<image>": "sha256:…"}}',
        hint: "Restore it from version control, or delete it: the next run on Docker writes it anew.",
        cause: error,
      });
    }
  }

  /** The digest that an image must have; undefined where none was recorded. */
  digestOf(image: string): string | undefined {
    return this.#images.get(image);
  }

  /** Records what an image stands for, on disk when this resolves. */
  async record(image: string, digest: string): Promise<void> {
    this.#images.set(image, digest);
    const images = Object.fromEntries([...this.#images].toSorted(([one], [other]) => (one < other ? -1 : 1)));
    const text = `${JSON.stringify({ version: 1, images }, null, 2)}\n`;
    this.#writing = this.#writing.then(() => writeWhole(this.file, text));
    await this.#writing;
  }
}
