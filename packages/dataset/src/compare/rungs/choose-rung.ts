import type { Rung } from "../comparison.ts";

/** What is known of two sides before their rows are read. */
export interface RungFacts {
  /** Whether all rows have one digest on both sides, made when they were stored or now; null where it is not known that they have. */
  readonly sameDigest: "stored" | "made" | null;
  readonly rows: { readonly reference: number; readonly current: number };
  /** Into how many key ranges the rows can be divided; null where they do not lie in the order of the key. */
  readonly ranges: number | null;
  /** Up to so many rows a side, reading all of both at once is as quick as anything. */
  readonly fewRows: number;
}

/** A way to find the rows that differ, and why this one. All find the same rows. */
export interface ChosenRung extends Rung {
  readonly name: "digests" | "full outer join" | "key ranges" | "row hashes";
}

/** Needs no key. */
export const storedDigests: ChosenRung = { name: "digests", why: "both sides were stored with one digest" };

/** Chooses how to find the rows that differ: the first way of these that can be gone. */
export function chooseRung({ sameDigest, rows, ranges, fewRows }: RungFacts): ChosenRung {
  if (sameDigest === "stored") return storedDigests;
  if (sameDigest === "made") return { name: "digests", why: "both sides were read, and have one digest" };
  if (Math.max(rows.reference, rows.current) <= fewRows)
    return { name: "full outer join", why: `no side has more than ${fewRows} rows: every row was read and matched by its key` };
  if (ranges !== null)
    return { name: "key ranges", why: `both sides lie in the order of the key: they were read in ${ranges} ranges of it` };
  return {
    name: "row hashes",
    why: "the sides do not lie in the order of the key: hashes of rows were matched by key, and the values of those that differ were read",
  };
}
