import type { Answer } from "../../model/assertion-fact.ts";

/** Whether a claim holds; where it does not, or nobody can tell, the words that say why. */
export type Decision = { readonly outcome: "holds" } | { readonly outcome: "fails" | "undecided"; readonly reason: string };

export const holds: Decision = { outcome: "holds" };

export function fails(reason: string): Decision {
  return { outcome: "fails", reason };
}

/** The claim is about all rows of an answer of which only the first were kept. */
export function undecided({ rows, more }: Answer): Decision {
  return { outcome: "undecided", reason: `only ${rows.length} of the ${rows.length + more} rows of the answer were kept: ask for fewer` };
}
