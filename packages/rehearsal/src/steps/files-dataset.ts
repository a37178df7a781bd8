import path from "node:path";
import { materialiseFiles, refusePartitions, type Dataset } from "@rehearse/dataset";
import { RehearseError } from "@rehearse/errors";
import { outputFiles, outputFolder } from "./output-folder.ts";
import type { StepContext } from "./step-context.ts";

interface StageFiles {
  readonly stage: string;
  /** A pattern below the stage's output folder. */
  readonly files: string;
  readonly types: Readonly<Record<string, string>>;
  /** Where the dataset goes. */
  readonly directory: string;
}

/** Reads the files that a stage left into a dataset. DATASET_NOT_FOUND where it left none, QUERY_FAILED where they are no table. */
export async function filesDataset({ stage, files, types, directory }: StageFiles, { tables, runFolder }: StepContext): Promise<Dataset> {
  const folder = outputFolder(runFolder, stage);
  const names = await outputFiles(folder, files);
  if (names.length === 0)
    throw new RehearseError({ code: "DATASET_NOT_FOUND", message: `${stage} left no file ${files}`, hint: "Write it below ${output}." });
  try {
    refusePartitions(files, names);
    return await materialiseFiles({ tables, title: files, files: names.map((name) => path.join(folder, name)), types, directory });
  } catch (cause) {
    if (!(cause instanceof RehearseError && (cause.code === "DATASET_UNREADABLE" || cause.code === "USAGE"))) throw cause;
    const message = [
      cause.message,
      cause.expected === undefined ? "" : `expected ${cause.expected}`,
      cause.got === undefined ? "" : `got ${cause.got}`,
    ];
    throw cause.as({
      code: "QUERY_FAILED",
      message: message
        .filter((part) => part !== "")
        .join("; ")
        .replaceAll(`${folder}${path.sep}`, ""),
      expected: undefined,
      got: undefined,
    });
  }
}
