import { expect, test } from "vitest";
import { runTruths } from "./run-truths.ts";

test("5,000 random pairs of tables, through files and every engine, are counted as a plain comparison in memory counts them", async () => {
  const tallies = await runTruths({
    cases: 5000,
    seed: 20261121,
    through: ["files", "postgres", "clickhouse", "dynamodb"],
    bothWays: false,
  });
  expect(Object.keys(tallies).toSorted()).toEqual(["clickhouse", "dynamodb", "files", "postgres"]);
  expect(Object.values(tallies).reduce((sum, { cases }) => sum + cases, 0)).toBeGreaterThanOrEqual(5000);
  // The cases are worth something only if they are of every kind.
  const kinds = tallies["files"]?.kinds ?? {};
  for (const kind of [
    "matched by key",
    "matched by multiset",
    "by full outer join",
    "by row hashes",
    "same",
    "different",
    "rows added",
    "rows removed",
    "rows changed",
    "schema changed",
  ])
    expect(kinds[kind], kind).toBeGreaterThan(300);
  for (const kind of ["columns not compared", "equal by tolerance", "null to value"]) expect(kinds[kind], kind).toBeGreaterThan(100);
}, 1_200_000);
