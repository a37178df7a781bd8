import { openEngine } from "./engine-transport.ts";
import { openFiles } from "./files-transport.ts";
import { runTruth, type TruthTally } from "./run-truth.ts";
import type { Transport } from "./transport.ts";

/**
 * How many of a hundred cases go each way: engines cost three to seven times as much as files, ClickHouse the most, and what differs between them is how rows
 * get there and back. So few rows give a second thread nothing to do, and it takes a fifth of the time to find that out.
 */
const ways: Readonly<Record<string, { readonly share: number; readonly open: () => Promise<Transport> }>> = {
  files: { share: 82, open: () => openFiles(1) },
  threads: { share: 10, open: () => openFiles(2) },
  postgres: { share: 4, open: () => openEngine("postgres") },
  clickhouse: { share: 2, open: () => openEngine("clickhouse") },
  dynamodb: { share: 2, open: () => openEngine("dynamodb") },
};

/** Runs so many cases, divided over the named ways, or fewer where it is ended; rejects with the first that is found wrong. */
export async function runTruths({
  cases,
  seed,
  through,
  bothWays,
  signal = new AbortController().signal,
}: {
  readonly cases: number;
  readonly seed: number;
  readonly through: readonly string[];
  /** Whether each case is compared in both ways, or in one of them, which takes two thirds of the time. */
  readonly bothWays: boolean;
  readonly signal?: AbortSignal;
}): Promise<Readonly<Record<string, TruthTally>>> {
  const chosen = through.map((name) => {
    const way = ways[name];
    if (way === undefined) throw new Error(`no cases go through ${name}; there is: ${Object.keys(ways).join(", ")}`);
    return { name, ...way };
  });
  const shares = chosen.reduce((sum, { share }) => sum + share, 0);
  // Where one way fails the others end too, and take down what they started.
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const run = async ({ name, share, open }: (typeof chosen)[number]) => {
    await using transport = await open();
    return [name, await runTruth({ transport, cases: Math.ceil((cases * share) / shares), seed, bothWays, signal: either })] as const;
  };
  // The engines beside the files: one waits while the other works.
  const isFiles = ({ name }: (typeof chosen)[number]): boolean => name === "files" || name === "threads";
  const [files, engines] = [chosen.filter(isFiles), chosen.filter((one) => !isFiles(one))];
  const inTurn = async (list: typeof chosen) => {
    const tallies = [];
    for (const one of list) if (!either.aborted) tallies.push(await run(one));
    return tallies;
  };
  const both = [inTurn(files), inTurn(engines)].map((one) => one.catch((error: unknown) => failed.abort(error)));
  const tallies = await Promise.all(both);
  failed.signal.throwIfAborted();
  return Object.fromEntries(tallies.flatMap((list) => list ?? []));
}
