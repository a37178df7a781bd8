import type { Position } from "./scenario.ts";

/** One thing wrong with the file. `path` is like `stages.refresh.needs[0]`. */
export interface ConfigProblem extends Position {
  readonly file: string;
  readonly path: string;
  readonly message: string;
  readonly expected: string;
  readonly got: string;
  /** The nearest known word, where one is near. */
  readonly didYouMean?: string | undefined;
}
