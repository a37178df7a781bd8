import { lstat, readFile, rm } from "node:fs/promises";
import path from "node:path";
import type { Scenario } from "@rehearse/config";
import {
  acceptReference,
  readPointer,
  readReference,
  type Dataset,
  type EngineDigest,
  type Provenance,
  type ReferencePlace,
  type ReferenceStorage,
  type Tables,
} from "@rehearse/dataset";
import { messageOf, RehearseError } from "@rehearse/errors";
import { z } from "zod";
import type { References, Why } from "../judge/references.ts";
import { ifMissing } from "./if-missing.ts";
import { namedFolders, referenceFolder, referenceNames, type ReferenceName } from "./reference-folders.ts";
import { referenceStorage } from "./reference-storage.ts";
import { folderName, foldersOf } from "./scenario-folders.ts";
import { writeWhole } from "@rehearse/process";

const readsSchema = z.strictObject({ version: z.literal(1), reads: z.record(z.string(), z.string()) });

/** The references of a scenario: `references/<stage>/<dataset>/`, and in `references/<stage>/reads.json` the digests of what the stage had read. */
export class ReferenceStore implements References {
  readonly #root: string;
  readonly #tables: Tables;
  readonly #storage: ReferenceStorage;
  readonly #inlineBytes: number;
  readonly obsolete: Why = { reason: "a reference is stored, but no stage of the file writes it any more", hint: "rehearse accept" };

  constructor(scenario: Pick<Scenario, "directory" | "references">, tables: Tables) {
    this.#root = foldersOf(scenario).references;
    this.#tables = tables;
    this.#storage = referenceStorage(scenario);
    this.#inlineBytes = scenario.references?.inlineBytes ?? Infinity;
  }

  read(stage: string, dataset: string): Promise<Dataset | null> {
    return readReference({ tables: this.#tables, ...this.#place(stage, dataset) });
  }

  async engineDigest(stage: string, dataset: string): Promise<EngineDigest | null> {
    return (await readPointer(this.#place(stage, dataset)))?.engineDigest ?? null;
  }

  missing(): Why {
    return { reason: "there is no reference yet", hint: "rehearse accept" };
  }

  async reads(): Promise<Map<string, Record<string, string>>> {
    const found = new Map<string, Record<string, string>>();
    for (const stage of await namedFolders(this.#root)) {
      const file = this.#readsFile(stage);
      const text = await readFile(file, "utf8").catch(ifMissing(null));
      if (text !== null) found.set(stage, parseReads(text, file));
    }
    return found;
  }

  list(): Promise<ReferenceName[]> {
    return referenceNames(this.#root);
  }

  /** Takes a dataset as the reference; `unchanged` where the stored one has the same rows. */
  accept(
    stage: string,
    dataset: { readonly name: string; readonly rows: Dataset; readonly ignore: readonly string[]; readonly provenance: Provenance },
  ): Promise<"written" | "unchanged"> {
    const { name, rows, ignore, provenance } = dataset;
    const place = this.#place(stage, name);
    return acceptReference({ tables: this.#tables, dataset: rows, ...place, ignore, provenance, inlineBytes: this.#inlineBytes });
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

  #place(stage: string, dataset: string): ReferencePlace {
    return { directory: this.#folder(stage, dataset), root: this.#root, storage: this.#storage };
  }

  #folder(stage: string, dataset: string): string {
    return referenceFolder(this.#root, { stage, dataset });
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
