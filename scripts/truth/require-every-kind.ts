import type { TruthTally } from "./run-truth.ts";

const manyCases = 4000;

/** How many of some thousand cases through files must be of each kind, or the cases are worth little. */
const least: Readonly<Record<string, number>> = {
  "matched by key": 300,
  "matched by multiset": 300,
  "by full outer join": 300,
  "by row hashes": 300,
  "by key ranges": 300,
  "by digests": 300,
  same: 300,
  different: 300,
  "rows added": 300,
  "rows removed": 300,
  "rows changed": 300,
  "schema changed": 300,
  "columns not compared": 100,
  "equal by tolerance": 100,
  "null to value": 100,
};

/** Refuses many cases of which hardly any were of some kind. */
export function requireEveryKind({ cases, kinds }: TruthTally): void {
  if (cases < manyCases) return;
  for (const [kind, few] of Object.entries(least))
    if ((kinds[kind] ?? 0) < few) throw new Error(`only ${kinds[kind] ?? 0} of ${cases} cases were ${kind}: fewer than ${few}`);
}
