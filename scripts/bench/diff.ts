import path from "node:path";
import { parseArgs } from "node:util";
import { comparaIn } from "./diff/compara.ts";
import { measure, type Measured } from "./diff/measure.ts";
import { DiffTables, keyColumn, orders, shares, type Order, type Planted, type Share } from "./diff/tables.ts";
import { median } from "./timed.ts";

const root = path.resolve(import.meta.dirname, "../..");

interface Contender {
  readonly name: string;
  readonly argv: (base: string, other: string) => readonly [string, ...string[]];
  /** Whether the base is a stored reference with its digest, not a file of anybody. */
  readonly stored?: boolean;
  /** Refuses an answer that is wrong. */
  readonly check?: (output: string, planted: Planted) => void;
}

interface Case {
  readonly rows: number;
  readonly order: Order;
  readonly share: Share;
}

/**
 * Parquet against Parquet, 10 columns, whole processes. In each round every contender runs twice after a small process: the first run is cold, for a program
 * that takes gigabytes waits for fresh pages, the second is warm. Figures are medians; × is the ratio to the limit, DuckDB reading every column of both files.
 * The arguments: how many rounds (5), how many rows (1000000 10000000); `--order` and `--changed` (a share) leave the other cases out.
 */
export async function diff(args: readonly string[]): Promise<string> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { order: { type: "string" }, changed: { type: "string" } },
    allowPositionals: true,
  });
  const [rounds = "5", ...sizes] = positionals;
  const chosenOrders = chosen(orders, values.order);
  const chosenShares = chosen(shares, values.changed);
  await using tables = await DiffTables.open();
  const compara = await comparaIn(tables.folder);
  const contenders = [
    limit,
    join,
    ...(compara === null ? [] : [comparaAt(compara)]),
    ours("rehearse", []),
    ours("rehearse, 512 MB", ["--memory", "512MB"]),
    { ...ours("rehearse, reference", []), stored: true },
  ];
  const lines: string[] = [];
  for (const rows of sizes.length === 0 ? [1_000_000, 10_000_000] : sizes.map(Number))
    for (const order of chosenOrders)
      for (const share of chosenShares) {
        const found = await measureCase(tables, { contenders, rounds: Number(rounds), rows, order, share });
        lines.push(`\n${rows} rows, ${order}, ${share * 100} % changed`, ...found);
        process.stderr.write(`${lines.slice(-found.length - 1).join("\n")}\n`);
      }
  return [`medians of ${rounds} rounds${compara === null ? "; compara could not be installed" : ""}`, ...lines].join("\n");
}

/** All of them, or the one that is asked for. */
function chosen<Value extends string | number>(all: readonly Value[], asked: string | undefined): readonly Value[] {
  const found = asked === undefined ? all : all.filter((value) => String(value) === asked);
  if (found.length === 0) throw new Error(`there is no ${asked}, only ${all.join(", ")}`);
  return found;
}

async function measureCase(
  tables: DiffTables,
  { contenders, rounds, ...each }: Case & { readonly contenders: readonly Contender[]; readonly rounds: number },
): Promise<string[]> {
  const [base, stored, other] = [
    await tables.base(each.rows, each.order),
    await tables.stored(each.rows, each.order),
    await tables.other(each),
  ];
  const planted = await tables.planted(each.rows, each.share);
  const figures = new Map(contenders.map((contender) => [contender, { cold: [] as Measured[], warm: [] as Measured[] }]));
  for (let round = 0; round < rounds; round += 1)
    for (const [contender, { cold, warm }] of figures) {
      await measure([process.execPath, "--version"]);
      for (const runs of [cold, warm]) {
        // 1 says "different".
        const run = await measure(contender.argv(contender.stored === true ? stored : base, other), [0, 1]);
        contender.check?.(run.output, planted);
        runs.push(run);
      }
    }
  const limits = figures.get(limit)?.warm ?? [];
  return [...figures].map(([{ name }, { cold, warm }]) => {
    const ratio = (runs: readonly Measured[], figure: "seconds" | "processor"): string =>
      (mid(runs, figure) / mid(limits, figure)).toFixed(2).padStart(6);
    return [
      `  ${name.padEnd(18)}`,
      `warm ${mid(warm, "seconds").toFixed(2).padStart(6)} s ×${ratio(warm, "seconds")}`,
      `cold ${mid(cold, "seconds").toFixed(2).padStart(6)} s ×${ratio(cold, "seconds")}`,
      `processor ${mid(warm, "processor").toFixed(2).padStart(6)} s ×${ratio(warm, "processor")}`,
      `${Math.max(...warm.map(({ megabytes }) => megabytes))
        .toFixed(0)
        .padStart(5)} MB`,
    ].join("   ");
  });
}

function mid(runs: readonly Measured[], figure: "seconds" | "processor"): number {
  return median(runs.map((run) => run[figure]));
}

const duckdb = path.join(import.meta.dirname, "diff/duckdb-program.ts");
const limit: Contender = { name: "limit", argv: (...files) => [process.execPath, duckdb, "limit", ...files] };
const join: Contender = { name: "full outer join", argv: (...files) => [process.execPath, duckdb, "join", ...files] };

function comparaAt(program: string): Contender {
  return { name: "compara", argv: (...files) => [program, "compare", ...files, "-k", keyColumn, "--exit-zero"] };
}

function ours(name: string, options: readonly string[]): Contender {
  return {
    name,
    argv: (...files) => [
      process.execPath,
      path.join(root, "packages/cli/src/main.ts"),
      "diff",
      ...files,
      "--key",
      keyColumn,
      "--json",
      ...options,
    ],
    check: (output, { added, removed, changed }) => {
      for (const [word, count] of Object.entries({ added, removed, changed }))
        if (!new RegExp(`"${word}": ?${count}\\b`).test(output)) throw new Error(`${name} does not say that ${count} rows were ${word}`);
    },
  };
}
