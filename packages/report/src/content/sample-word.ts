import type { Check } from "@rehearse/rehearsal";

/** Says that only a part of the rows was compared; empty where all were. */
export function sampleWord(check: Check): string {
  return check.detail?.kind === "diff" && check.detail.sampled !== null ? `sampled ${String(check.detail.sampled.percent)} percent` : "";
}
