import type { Position } from "./scenario.ts";
import { sourceExcerpt } from "./source-excerpt.ts";

/** One thing wrong with the file. `path` is like `stages.refresh.needs[0]`; empty for the file as a whole. */
export interface ConfigProblem extends Position {
  /** The file as the caller named it. */
  readonly file: string;
  readonly path: string;
  readonly message: string;
  readonly expected: string;
  readonly got: string;
  /** The nearest known word, where one is near. */
  readonly didYouMean?: string | undefined;
  /** The line of the file, where it is at hand. */
  readonly source?: string | undefined;
}

/** The problem as text of a few lines; the first can stand alone, and begins with a place that terminals and editors open. */
export function renderProblem(problem: ConfigProblem): string {
  const place = `${problem.file}:${problem.line}:${problem.column}`;
  const subject = problem.path === "" ? place : `${place} ${problem.path}`;
  const near = problem.didYouMean === undefined ? "" : `; did you mean "${problem.didYouMean}"?`;
  const source = (problem.source ?? "").trim() === "" ? "" : `${sourceExcerpt(problem.source ?? "", problem)}\n`;
  return `${subject}: ${problem.message}${near}\n${source}  expected: ${problem.expected}\n  got: ${problem.got}`;
}
