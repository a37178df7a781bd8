import path from "node:path";

/** What was built last, and of what. */
export interface BuiltCommand {
  /** Files that it was made of, relative to the repository. */
  readonly sources: readonly string[];
  /** Of these sources, as they were. */
  readonly stamp: string;
}

export const repository = path.resolve(import.meta.dirname, "../../../..");

/** What is built lies below the repository, where what it imports and what it reads is found. */
export const builtDirectory = path.join(repository, "node_modules", ".cache", "rehearse-command");
export const builtRecord = path.join(builtDirectory, "built.json");

/** The module to load of what was built of such sources. */
export const builtModule = (stamp: string): string => path.join(builtDirectory, stamp, "run-cli.mjs");
