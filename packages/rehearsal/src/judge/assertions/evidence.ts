import type { AssertionConfig, ExpectedCell, QueryAssertion } from "@rehearse/config";
import type { Answer, AssertionFact, FactOf } from "../../model/assertion-fact.ts";
import type { Check } from "../../model/report.ts";
import { nameOf } from "./decide.ts";
import { missingRows } from "./decide-query.ts";

/** How many rows, files or values are kept as evidence, and how much of a body. */
const [kept, bodyKept] = [20, 2000];

type Rows = readonly (readonly (string | null)[])[];

/** What a report shows of an assertion. */
export function evidenceOf(assertion: AssertionConfig, fact: AssertionFact): Check["detail"] {
  const { attempts } = fact;
  if (assertion.kind === "query" && fact.kind === "query") return { ...queryEvidence(assertion, fact), attempts };
  if (assertion.kind === "orphans" && fact.kind === "orphans") {
    const [child, parent] = [nameOf(assertion.child), nameOf(assertion.parent)];
    return { kind: "orphans", child, parent, examples: [...fact.examples], attempts };
  }
  if (assertion.kind === "files" && fact.kind === "files") {
    const files = fact.files.slice(0, kept).map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 }));
    return { kind: "files", glob: assertion.glob, files, more: fact.more + fact.files.length - files.length };
  }
  if (assertion.kind === "http" && fact.kind === "http")
    return { kind: "http", url: assertion.shownUrl, status: fact.status, body: fact.body.slice(0, bodyKept), attempts };
  return null;
}

function queryEvidence({ claim, service, sql }: QueryAssertion, { answer, before }: FactOf<"query">) {
  const base = { kind: "assert" as const, claim: claim.kind, service, sql };
  const shown = (expected: Rows, got: Rows, more = 0) => ({ ...base, expected: mutable(expected), got: mutable(got), more });
  if (answer === null) return shown(claim.kind === "equals" ? texts(claim.rows) : [], []);
  switch (claim.kind) {
    case "equals": {
      const got = answer.rows.slice(0, Math.max(kept, claim.rows.length));
      return shown(texts(claim.rows), got, answer.more + answer.rows.length - got.length);
    }
    case "contains":
      return shown(texts(missingRows(claim.rows, answer)), []);
    case "rows": {
      const got = claim.count.max === 0 ? answer.rows.slice(0, kept) : [];
      return shown([], got, got.length === 0 ? 0 : answer.more + answer.rows.length - got.length);
    }
    case "invariant":
      return before === null ? shown([], []) : shown(onlyIn(before, answer), onlyIn(answer, before));
  }
}

/** The first rows of one answer that the other lacks; none where not all rows of both were kept. */
function onlyIn(one: Answer, other: Answer): Rows {
  if (one.more + other.more > 0) return [];
  const left = new Map<string, number>();
  for (const row of other.rows) left.set(JSON.stringify(row), (left.get(JSON.stringify(row)) ?? 0) + 1);
  const surplus = one.rows.filter((row) => {
    const count = left.get(JSON.stringify(row)) ?? 0;
    left.set(JSON.stringify(row), count - 1);
    return count < 1;
  });
  return surplus.slice(0, kept);
}

function texts(rows: readonly (readonly ExpectedCell[])[]): Rows {
  return rows.map((row) => row.map((cell) => (cell === null ? null : String(cell))));
}

function mutable(rows: Rows): (string | null)[][] {
  return rows.map((row) => [...row]);
}
