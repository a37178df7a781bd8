import { openTables, tableEngine, type Tables } from "@rehearse/dataset";
import { cacheDirectory, lockedPackages } from "@rehearse/providers";
import type { Progress } from "./progress.ts";

/** Opens the table engine, with its intermediate files below `directory`; first fetches it into the cache where it came with nothing. */
export async function openTableEngine({
  directory,
  signal = AbortSignal.any([]),
  progress = () => {},
}: {
  readonly directory: string;
  readonly signal?: AbortSignal;
  readonly progress?: Progress;
}): Promise<Tables> {
  const onProgress = (text: string): void => progress({ state: "running", step: "up", text, wallMs: null, maxRssBytes: null });
  if (tableEngine.installed) return openTables({ directory });
  return openTables({ directory, packages: await lockedPackages({ ...tableEngine, cache: cacheDirectory(), signal, onProgress }) });
}
