import { openTables, tableEngine, type Tables } from "@rehearse/dataset";
import { cacheDirectory, lockedPackages } from "@rehearse/providers";
import type { Progress } from "./progress.ts";

/** Opens the table engine, with its intermediate files below `directory`; first fetches it into the cache where it came with nothing. */
export async function openTableEngine({
  directory,
  signal = AbortSignal.any([]),
  progress = () => {},
  memoryMegabytes,
}: {
  readonly directory: string;
  /** What it may use before it writes to disk instead. */
  readonly memoryMegabytes?: number | undefined;
  readonly signal?: AbortSignal;
  readonly progress?: Progress;
}): Promise<Tables> {
  const onProgress = (text: string): void => progress({ state: "running", step: "up", text, wallMs: null, maxRssBytes: null });
  const limits = memoryMegabytes === undefined ? {} : { memoryMegabytes };
  if (tableEngine.installed) return openTables({ directory, signal, ...limits });
  return openTables({
    directory,
    signal,
    ...limits,
    packages: await lockedPackages({ ...tableEngine, cache: cacheDirectory(), signal, onProgress }),
  });
}
