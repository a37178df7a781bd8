import { cp, readdir, rm } from "node:fs/promises";
import path from "node:path";

/** A copy of a scenario with a regression laid over it. The scenario itself is never touched, whatever happens to this process. */
export interface LaidOver extends AsyncDisposable {
  readonly directory: string;
  /** Puts the original of every file of the overlay back: the copy is then the scenario again. */
  takeOff(): Promise<void>;
}

const notCopied = new Set([".rehearse", "node_modules", "regressions", "test"]);

/** The names of the regressions that lie in a scenario's folder. */
export async function regressionsOf(scenario: string): Promise<string[]> {
  const entries = await readdir(path.join(scenario, "regressions"), { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
}

/**
 * Copies a scenario to `.rehearse/with/<copy>` inside its own folder, where its imports resolve as in the original, and lays the files of
 * `regressions/<name>` over it, or none. Disposing removes the copy but for its reports.
 */
export async function layOver(
  scenario: string,
  { name, copy }: { readonly name: string | null; readonly copy: string },
): Promise<LaidOver> {
  const directory = path.join(scenario, ".rehearse", "with", copy);
  const overlay = path.join(scenario, "regressions", name ?? "");
  const files = name === null ? [] : await overlayFiles(overlay);
  await rm(directory, { recursive: true, force: true });
  for (const entry of await readdir(scenario)) {
    if (!notCopied.has(entry)) await cp(path.join(scenario, entry), path.join(directory, entry), { recursive: true });
  }
  for (const file of files) await cp(path.join(overlay, file), path.join(directory, file));
  return {
    directory,
    async takeOff() {
      for (const file of files) await cp(path.join(scenario, file), path.join(directory, file));
    },
    async [Symbol.asyncDispose]() {
      for (const entry of await readdir(directory)) if (entry !== ".rehearse") await rm(path.join(directory, entry), { recursive: true });
    },
  };
}

async function overlayFiles(overlay: string): Promise<string[]> {
  const entries = await readdir(overlay, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(overlay, path.join(entry.parentPath, entry.name)))
    .filter((file) => file !== "expected.json");
}
