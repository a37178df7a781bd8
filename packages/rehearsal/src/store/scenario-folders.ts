import path from "node:path";
import type { Scenario } from "@rehearse/config";

/** Where a scenario's files lie: references in its folder, to be committed; everything else in `.rehearse`, not to be. */
export function foldersOf({ directory }: Pick<Scenario, "directory">) {
  const state = path.join(directory, ".rehearse");
  return {
    references: path.join(directory, "references"),
    state,
    runs: path.join(state, "runs"),
    report: path.join(state, "report"),
  };
}

/** A stage or dataset name as one folder name: letters, digits and `-_.` stay as they are. */
export function folderName(name: string): string {
  return encodeURIComponent(name).replaceAll("*", "%2A");
}

/** The name behind a folder name; null for a folder that `folderName` did not name. */
export function nameOfFolder(folder: string): string | null {
  try {
    const name = decodeURIComponent(folder);
    return folderName(name) === folder ? name : null;
  } catch {
    return null;
  }
}
