// npm run truth -- [--cases 100000] [--seed n] [--through files,threads,postgres,clickhouse,dynamodb] [--in-turn]: random tables, edits and rules, compared by the
// tool, the plain way and the quick ones (in turn: each by one of them), and in memory. Ends with the first case on which the two disagree, made as small as it can be;
// a signal ends it with the figure reached.
import { parseArgs } from "node:util";
import { requireEveryKind } from "./truth/require-every-kind.ts";
import { decidedIn, runTruths } from "./truth/run-truths.ts";

const { values } = parseArgs({
  options: {
    cases: { type: "string", default: "5000" },
    seed: { type: "string", default: "1" },
    "in-turn": { type: "boolean", default: false },
    through: { type: "string", default: "files,threads,postgres,clickhouse,dynamodb" },
  },
});

const start = performance.now();
const stop = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, () => stop.abort(new Error(`ended by ${name}`)));
const tallies = await runTruths({
  cases: Number(values.cases),
  seed: Number(values.seed),
  through: values.through.split(","),
  bothWays: !values["in-turn"],
  signal: stop.signal,
  progress: (decided) =>
    console.error(`${decided} of ${values.cases} cases decided, after ${((performance.now() - start) / 60_000).toFixed(0)} min`),
});
for (const [name, { cases, kinds }] of Object.entries(tallies)) {
  const counts = Object.entries(kinds).map(([kind, count]) => `${count} ${kind}`);
  console.log(`${cases} cases through ${name}: ${counts.join(", ")}`);
}
const { signal } = stop;
if (signal.aborted) process.exitCode = 130;
else if (tallies["files"] !== undefined) requireEveryKind(tallies["files"]);
const total = decidedIn(tallies);
console.log(
  `${total} ${signal.aborted ? `of ${values.cases} ` : ""}cases, 0 wrong verdicts, 0 wrong counts; ${((performance.now() - start) / total).toFixed(0)} ms a case`,
);
