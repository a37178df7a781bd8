import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { TruthTally } from "./run-truth.ts";
import { shareOfWays, type TruthPart } from "./truth-part.ts";

/** A processor for each; the cases of one way are divided, so that the last of them keep both at work. */
const atOnce = 2;
const casesOfPart = 2000;
/** Most of its time is spent in DuckDB, whose memory the collector of garbage takes for its own: with room it collects a tenth as often. */
const execArgv = ["--max-semi-space-size=64", "--initial-old-space-size=600"];

/** Runs so many cases, divided over the named ways, or fewer where it is ended; rejects with the first that is found wrong. */
export async function runTruths({
  cases,
  seed,
  through,
  bothWays,
  signal = new AbortController().signal,
  progress,
}: {
  readonly cases: number;
  readonly seed: number;
  readonly through: readonly string[];
  /** Whether each case is compared in both ways, or in one of them, which takes two thirds of the time. */
  readonly bothWays: boolean;
  readonly signal?: AbortSignal;
  /** Hears how many are decided, whenever a part is. */
  readonly progress?: (decided: number) => void;
}): Promise<Readonly<Record<string, TruthTally>>> {
  const parts = partsOf(cases, seed, through, bothWays);
  const tallies: Record<string, TruthTally> = {};
  // Where one part fails the others end too, and take down what they started.
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const work = async (): Promise<void> => {
    for (let part = parts.shift(); part !== undefined && !either.aborted; part = parts.shift()) {
      const tally = await runPart(part, either);
      tallies[part.through] = sumOf(tallies[part.through] ?? { cases: 0, kinds: {} }, tally);
      progress?.(decidedIn(tallies));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, () => work().catch((error: unknown) => failed.abort(error))));
  failed.signal.throwIfAborted();
  return tallies;
}

/** In a process of its own: two of them take half the time of one, where two threads of one process take three quarters of it. */
async function runPart(part: TruthPart, signal: AbortSignal): Promise<TruthTally> {
  const child = fork(fileURLToPath(new URL("./truth-process.ts", import.meta.url)), [], { execArgv });
  const end = (): void => {
    if (child.connected) child.send("end");
  };
  const ended = once(child, "exit");
  let tally: TruthTally | undefined;
  child.once("message", (it) => (tally = it as TruthTally));
  child.send(part);
  signal.addEventListener("abort", end);
  if (signal.aborted) end();
  const [code, by] = await ended.finally(() => signal.removeEventListener("abort", end));
  if (tally === undefined) throw new Error(`a part of the random cases ended with ${code ?? by}, as said above: ${JSON.stringify(part)}`);
  return tally;
}

/** The same parts for the same seed, those that take longest first: no two of a way have a seed in common. */
function partsOf(cases: number, seed: number, through: readonly string[], bothWays: boolean): TruthPart[] {
  const chosen = shareOfWays(through);
  const shares = chosen.reduce((sum, { share }) => sum + share, 0);
  return chosen.flatMap(({ name, share }) => {
    const all = Math.ceil((cases * share) / shares);
    const count = Math.ceil(all / casesOfPart);
    return Array.from({ length: count }, (_, at) => ({ through: name, cases: Math.ceil((all - at) / count), seed: seed + at, bothWays }));
  });
}

/** How many cases were decided, whichever way. */
export function decidedIn(tallies: Readonly<Record<string, TruthTally>>): number {
  return Object.values(tallies).reduce((sum, { cases }) => sum + cases, 0);
}

function sumOf(one: TruthTally, other: TruthTally): TruthTally {
  const names = new Set([...Object.keys(one.kinds), ...Object.keys(other.kinds)]);
  const kinds = [...names].map((name) => [name, (one.kinds[name] ?? 0) + (other.kinds[name] ?? 0)] as const);
  return { cases: one.cases + other.cases, kinds: Object.fromEntries(kinds) };
}
