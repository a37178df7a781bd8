import fc from "fast-check";
import { checkCase } from "./check-case.ts";
import type { Transport } from "./transport.ts";

/** How many cases were decided, and how many of each kind: a figure is worth something only where all of them occur. */
export interface TruthTally {
  readonly cases: number;
  readonly kinds: Readonly<Record<string, number>>;
}

/** Runs random cases through a transport, as long as it is let; rejects with the smallest case that is found wrong, and the seed that makes it again. */
export async function runTruth({
  transport,
  cases,
  seed,
  bothWays,
  signal,
}: {
  readonly transport: Transport;
  readonly cases: number;
  readonly seed: number;
  /** Whether each case is compared in both ways, or in one of them. */
  readonly bothWays: boolean;
  /** Ends it before the next case. */
  readonly signal: AbortSignal;
}): Promise<TruthTally> {
  let decided = 0;
  const kinds: Record<string, number> = {};
  const count = (kind: string, one: boolean): void => {
    kinds[kind] = (kinds[kind] ?? 0) + Number(one);
  };
  const by = bothWays ? fc.constant(["plain", "quick"] as const) : fc.constantFrom(["plain"] as const, ["quick"] as const);
  const property = fc.assert(
    fc.asyncProperty(transport.cases, by, async (it, chosen) => {
      signal.throwIfAborted();
      const { findings: found, rungs } = await checkCase(transport, it, chosen);
      decided += 1;
      const columns = Object.values(found.columns);
      for (const rung of new Set(rungs)) count(`by ${rung}`, true);
      count(`matched by ${found.by}`, true);
      count(found.verdict, true);
      count("rows added", found.added > 0);
      count("rows removed", found.removed > 0);
      count("rows changed", found.changed > 0);
      count("schema changed", found.schema.length > 0);
      count("columns not compared", found.notCompared.length > 0);
      count(
        "equal by tolerance",
        columns.some(({ toTolerance }) => toTolerance > 0),
      );
      count(
        "null to value",
        columns.some(({ nullToValue }) => nullToValue > 0),
      );
    }),
    { numRuns: cases, seed },
  );
  await property.catch((failed: unknown) => (signal.aborted ? undefined : Promise.reject(failed)));
  return { cases: decided, kinds };
}
