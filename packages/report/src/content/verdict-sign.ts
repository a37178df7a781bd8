import type { Verdict } from "@rehearse/rehearsal";

/** What a verdict's colour says. The mark and the word say it too. */
export type Tone = "good" | "meant" | "bad" | "doubt";

/** The sign of a verdict: a mark for the eye that scans, a tone for colour. */
export interface Sign {
  readonly mark: "✓" | "✗" | "◌";
  readonly tone: Tone;
}

const signs: Record<Verdict, Sign> = {
  same: { mark: "✓", tone: "good" },
  expected: { mark: "✓", tone: "meant" },
  different: { mark: "✗", tone: "bad" },
  failed: { mark: "✗", tone: "bad" },
  "not compared": { mark: "◌", tone: "doubt" },
  inconclusive: { mark: "◌", tone: "doubt" },
};

/** The sign of a verdict. */
export function signOf(verdict: Verdict): Sign {
  return signs[verdict];
}

/** A word as the first of a sentence. */
export function titled(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
