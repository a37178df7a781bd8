import { lstat, readdir, readFile, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { Scenario } from "@rehearse/config";
import { acceptReference, readReference, type Dataset, type Tables } from "@rehearse/dataset";
import { messageOf, RehearseError } from "@rehearse/errors";
import { z } from "zod";
import type { References } from "../judge/judge.ts";
import { ifMissing } from "./if-missing.ts";
import { folderName, foldersOf, nameOfFolder } from "./scenario-folders.ts";
import { writeWhole } from "@rehearse/process";

const readsSchema = z.strictObject({ version: z.literal(1), reads: z.record(z.string(), z.string()) });

/** The references of a scenario: `references/<stage>/<dataset>/`, and in `references/<stage>/reads.json` the digests of what the stage had read. */
export class ReferenceStore implements References {
  readonly #root: string;
  readonly #tables: Tables;

  constructor(scenario: Pick<Scenario, "directory">, tables: Tables) {
    this.#root = foldersOf(scenario).references;
    this.#tables = tables;
  }

  read(stage: string, dataset: string): Promise<Dataset | null> {
    return readReference({ tables: this.#tables, directory: this.#folder(stage, dataset) });
  }

  async reads(): Promise<Map<string, Record<string, string>>> {
    const found = new Map<string, Record<string, string>>();
    for (const stage of await folders(this.#root)) {
      const file = this.#readsFile(stage);
      const text = await readFile(file, "utf8").catch(ifMissing(null));
      if (text !== null) found.set(stage, parseReads(text, file));
    }
    return found;
  }

  async list(): Promise<{ stage: string; dataset: string }[]> {
    const stages = await folders(this.#root);
    const found = await Promise.all(stages.map(async (stage) => (await this.#references(stage)).map((dataset) => ({ stage, dataset }))));
    return found.flat();
  }

  /** Takes a dataset as the reference; `unchanged` where the stored one has the same rows. */
  accept(
    stage: string,
    dataset: { readonly name: string; readonly rows: Dataset; readonly ignore: readonly string[] },
  ): Promise<"written" | "unchanged"> {
    return acceptReference({
      tables: this.#tables,
      dataset: dataset.rows,
      directory: this.#folder(stage, dataset.name),
      ignore: dataset.ignore,
      root: this.#root,
    });
  }

  /** Takes the digests of a stage's reads. */
  async acceptReads(stage: string, reads: Readonly<Record<string, string>>): Promise<"written" | "unchanged"> {
    const file = this.#readsFile(stage);
    const text = `${JSON.stringify({ version: 1, reads }, null, 2)}\n`;
    if ((await readFile(file, "utf8").catch(ifMissing(null))) === text) return "unchanged";
    await this.#refuseLink(stage);
    await writeWhole(file, text);
    return "written";
  }

  /** Removes the reference of a dataset that no stage writes any more. */
  async remove(stage: string, dataset: string): Promise<void> {
    await rm(this.#folder(stage, dataset), { recursive: true, force: true });
  }

  /** Nothing is written through a link out of the folder of references. */
  async #refuseLink(stage: string): Promise<void> {
    const folder = path.join(this.#root, folderName(stage));
    const linked = await lstat(folder).then((entry) => entry.isSymbolicLink(), ifMissing(false));
    if (!linked) return;
    throw new RehearseError({
      code: "REFERENCE_INVALID",
      message: `${folder} is a symbolic link.`,
      expected: "a folder of its own",
      got: "a link to another place",
      hint: "Put the folder itself there: references are written nowhere else.",
    });
  }

  /** The datasets with a reference: a folder without a manifest is somebody else's. */
  async #references(stage: string): Promise<string[]> {
    const names = await folders(path.join(this.#root, folderName(stage)));
    const mine = await Promise.all(
      names.map((name) => stat(path.join(this.#folder(stage, name), "manifest.json")).then(() => true, ifMissing(false))),
    );
    return names.filter((_, index) => mine[index]);
  }

  #folder(stage: string, dataset: string): string {
    return path.join(this.#root, folderName(stage), folderName(dataset));
  }

  #readsFile(stage: string): string {
    return path.join(this.#root, folderName(stage), "reads.json");
  }
}

function parseReads(text: string, file: string): Record<string, string> {
  try {
    return readsSchema.parse(JSON.parse(text)).reads;
  } catch (cause) {
    throw new RehearseError({
      code: "REFERENCE_INVALID",
      message: `${file} cannot be read: ${messageOf(cause)}`,
      hint: "Restore it from git, or accept the latest run anew: rehearse accept",
      cause,
    });
  }
}

async function folders(root: string): Promise<string[]> {
  const entries = await readdir(root, { withFileTypes: true }).catch(ifMissing([]));
  return entries.flatMap((entry) => (entry.isDirectory() ? (nameOfFolder(entry.name) ?? []) : [])).toSorted();
}
