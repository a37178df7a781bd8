import { openEngine } from "./engine-transport.ts";
import { openFiles } from "./files-transport.ts";
import { runTruth, type TruthTally } from "./run-truth.ts";
import type { Transport } from "./transport.ts";

/** Some of the cases of one way: those that its seed makes. */
export interface TruthPart {
  readonly through: string;
  readonly cases: number;
  readonly seed: number;
  /** Whether each case is compared in both ways, or in one of them. */
  readonly bothWays: boolean;
}

interface Way {
  readonly name: string;
  readonly share: number;
  readonly open: () => Promise<Transport>;
}

/**
 * How many of a hundred cases go each way: engines cost three to seven times as much as files, ClickHouse the most, and what differs between them is how rows
 * get there and back. So few rows give a second thread nothing to do, and it takes a fifth of the time to find that out.
 */
const ways: readonly Way[] = [
  { name: "postgres", share: 4, open: () => openEngine("postgres") },
  { name: "clickhouse", share: 2, open: () => openEngine("clickhouse") },
  { name: "dynamodb", share: 2, open: () => openEngine("dynamodb") },
  { name: "threads", share: 10, open: () => openFiles(2) },
  { name: "files", share: 82, open: () => openFiles(1) },
];

/** The ways of these names; those that take longest come first. */
export function shareOfWays(names: readonly string[]): readonly Pick<Way, "name" | "share">[] {
  for (const name of names) wayOf(name);
  return ways.filter(({ name }) => names.includes(name));
}

/** Runs these cases, or as many as it is let; rejects with the smallest that is found wrong. */
export async function runTruthPart({ through, ...cases }: TruthPart, signal: AbortSignal): Promise<TruthTally> {
  await using transport = await wayOf(through).open();
  return await runTruth({ transport, ...cases, signal });
}

function wayOf(name: string): Way {
  const way = ways.find((one) => one.name === name);
  if (way === undefined) throw new Error(`no cases go through ${name}; there is: ${ways.map((one) => one.name).join(", ")}`);
  return way;
}
