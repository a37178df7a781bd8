/** A small mistake in a source file: the text between two offsets, and what it becomes. */
export interface Fault {
  /** From the root of the repository. */
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly original: string;
  readonly replacement: string;
  /** Which mistake it is, in a few words: faults of one kind are taken as often as those of another. */
  readonly kind: string;
}

/** The content of a file with the fault in it. */
export function withFault(content: string, { start, end, replacement }: Pick<Fault, "start" | "end" | "replacement">): string {
  return content.slice(0, start) + replacement + content.slice(end);
}

/** Where a fault lies, for a reader: `file:line`. */
export function placeOf({ file, start }: Pick<Fault, "file" | "start">, content: string): string {
  return `${file}:${content.slice(0, start).split("\n").length}`;
}
