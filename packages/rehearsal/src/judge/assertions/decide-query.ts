import type { ExpectedCell, QueryClaim } from "@rehearse/config";
import type { Answer } from "../../model/assertion-fact.ts";
import { cellEquals, sameNumber } from "../cell-equals.ts";
import { fails, holds, undecided, type Decision } from "./decision.ts";
import { counted, inRange, rangeWords } from "./range-words.ts";

type ExpectedRow = readonly ExpectedCell[];

/** Whether an answer is what the claim says of it. Of `equals` the rows themselves say what differs. */
export function decideQuery(claim: QueryClaim, { answer, before }: { readonly answer: Answer; readonly before: Answer | null }): Decision {
  const total = rowCount(answer);
  switch (claim.kind) {
    case "rows":
      return inRange(total, claim.count) ? holds : fails(`expected ${rangeWords(claim.count, "row")}, got ${counted(total, "row")}`);
    case "equals":
      if (total !== claim.rows.length) return fails("");
      if (answer.more > 0) return undecided(answer);
      return claim.rows.every((row, index) => rowEquals(row, answer.rows[index] ?? [], answer.types)) ? holds : fails("");
    case "contains": {
      const missing = missingRows(claim.rows, answer).length;
      if (missing === 0) return holds;
      if (answer.more > 0) return undecided(answer);
      return fails(
        `${missing} of ${counted(claim.rows.length, "row")} ${missing === 1 ? "is" : "are"} not in the answer of ${counted(total, "row")}`,
      );
    }
    case "invariant":
      if (before === null) return { outcome: "undecided", reason: "nobody asked before the stage" };
      return sameRows(before, answer) ? holds : fails(`the answer changed: ${change(rowCount(before), total)}`);
  }
}

/** The expected rows that are not in the answer; a row of the answer stands for one expected row only. */
export function missingRows(expected: readonly ExpectedRow[], { rows, types }: Answer): ExpectedRow[] {
  const left = new Set(rows);
  return expected.filter((row) => {
    for (const candidate of left) if (rowEquals(row, candidate, types)) return !left.delete(candidate);
    return true;
  });
}

function change(before: number, after: number): string {
  if (before === after) return `${counted(after, "row")} before and after, with other contents`;
  return `${counted(before, "row")} before, ${counted(after, "row")} after`;
}

function rowEquals(expected: ExpectedRow, row: readonly (string | null)[], types: readonly string[]): boolean {
  return row.length === expected.length && row.every((cell, at) => cellEquals(expected[at] ?? null, cell, types[at] ?? ""));
}

/** By their digests; where these differ by value, as far as all rows are known: a number may be written with other zeros. */
function sameRows(before: Answer, after: Answer): boolean {
  const shape = ({ columns, types }: Answer): string => JSON.stringify([columns, types]);
  if (rowCount(before) !== rowCount(after) || shape(before) !== shape(after)) return false;
  if (before.digest === after.digest) return true;
  return after.more === 0 && before.more === 0 && matchesEach(before, after);
}

function matchesEach(before: Answer, { rows, types }: Answer): boolean {
  const left = new Set(rows);
  return before.rows.every((row) => {
    for (const candidate of left)
      if (candidate.every((cell, at) => sameCell(row[at] ?? null, cell, types[at] ?? ""))) return left.delete(candidate);
    return false;
  });
}

function sameCell(before: string | null, after: string | null, type: string): boolean {
  if (before === after) return true;
  return type === "number" && before !== null && after !== null && sameNumber(before, after);
}

function rowCount({ rows, more }: Answer): number {
  return rows.length + more;
}
