import type { Run, StageFact } from "../model/run.ts";

const shownFiles = 5;

/** Notes on what stages left that no check looks at: processes, and files that the file does not name. */
export function stageNotes({ steps }: Pick<Run, "steps">): string[] {
  return steps.flatMap((step) => (step.kind === "stage" ? [...strays(step), ...unnamed(step)] : []));
}

function strays({ name, strays: left }: StageFact): string[] {
  return left.map((stray) => `${name} left a process running, which was ended: ${stray}`);
}

function unnamed({ name, unnamed: files }: StageFact): string[] {
  if (files.length === 0) return [];
  const more = files.length > shownFiles ? ` and ${files.length - shownFiles} more` : "";
  return [
    `${name} left in its output folder what is not compared: ${files.slice(0, shownFiles).join(", ")}${more}; declare it under writes`,
  ];
}
