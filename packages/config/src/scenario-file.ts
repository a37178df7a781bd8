import { readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { RehearseError } from "@rehearse/errors";
import { fileFault } from "./file-fault.ts";

const fileName = "rehearse.yml";

/** A file of a scenario as it lies on disk. */
export interface ScenarioFile {
  /** As the caller named it, or within the folder that the caller named. */
  readonly file: string;
  readonly bytes: Buffer;
}

/** Reads a file, or `rehearse.yml` of a folder. CONFIG_NOT_FOUND where there is none. */
export async function readScenarioFile(path: string): Promise<ScenarioFile> {
  const file = await fileOf(path);
  return { file, bytes: await readFile(file).catch((cause: unknown) => Promise.reject(notFound(file, cause))) };
}

async function fileOf(path: string): Promise<string> {
  const found = await stat(path).catch((cause: unknown) => Promise.reject(notFound(path, cause)));
  return found.isDirectory() ? join(path, fileName) : path;
}

function notFound(path: string, cause: unknown): RehearseError {
  return new RehearseError({
    code: "CONFIG_NOT_FOUND",
    message: `${path} cannot be read`,
    expected: `a folder with a ${fileName}, or such a file`,
    got: fileFault(cause),
    hint: basename(path) === fileName ? `Write ${path}, or name another folder.` : `Name a folder that has a ${fileName}.`,
    cause,
  });
}
