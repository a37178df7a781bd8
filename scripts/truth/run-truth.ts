import fc from "fast-check";
import { checkCase } from "./check-case.ts";
import type { Transport } from "./transport.ts";

/** How many cases there were of each kind: a figure is worth something only where all of them occur. */
export interface TruthTally {
  readonly cases: number;
  readonly kinds: Readonly<Record<string, number>>;
}

/** Runs random cases through a transport; rejects with the smallest case that is found wrong, and the seed that makes it again. */
export async function runTruth({
  transport,
  cases,
  seed,
  signal,
}: {
  readonly transport: Transport;
  readonly cases: number;
  readonly seed: number;
  /** Ends before the next case; rejects with its reason. */
  readonly signal: AbortSignal;
}): Promise<TruthTally> {
  const kinds: Record<string, number> = {};
  const count = (kind: string, one: boolean): void => {
    kinds[kind] = (kinds[kind] ?? 0) + Number(one);
  };
  const property = fc.assert(
    fc.asyncProperty(transport.cases, async (it) => {
      signal.throwIfAborted();
      const { findings: found, rungs } = await checkCase(transport, it);
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
  await property.catch((failed: unknown) => Promise.reject(signal.aborted ? signal.reason : failed));
  return { cases, kinds };
}
