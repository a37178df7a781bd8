import { nearest } from "./nearest.ts";

/** The end of a sentence about a word that names nothing: `; did you mean "orders"?`, or nothing where no known word is near. */
export function didYouMean(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  return near === undefined ? "" : `; did you mean "${near}"?`;
}
