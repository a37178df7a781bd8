import type { FilesAssertion, HttpAssertion, OrphansAssertion, QueryAssertion, QueryClaim } from "@rehearse/config";
import type { Answer, FactOf } from "../../../src/model/assertion-fact.ts";

const base = { name: "claim", after: "load", withinMs: 0, position: { line: 50, column: 5 } };
const asked = { name: "claim", after: "load", asked: "", attempts: 3, error: null };

export function answerOf(rows: (string | null)[][], given: Partial<Answer> = {}): Answer {
  return { columns: ["a"], types: ["text"], rows, more: 0, digest: JSON.stringify(rows), ...given };
}

/** So many rows of one column: `r1`, `r2`, … */
export function manyRows(count: number): string[][] {
  return Array.from({ length: count }, (_, index) => [`r${index + 1}`]);
}

export function query(claim: QueryClaim): QueryAssertion {
  return { ...base, kind: "query", service: "core", sql: "select a from t", claim };
}

export function queryFact(answer: Answer | null, before: Answer | null = null): FactOf<"query"> {
  return { ...asked, kind: "query", answer, before };
}

export const orphans: OrphansAssertion = {
  ...base,
  kind: "orphans",
  child: { service: "core", table: "lines", dataset: "core.lines", column: "order_id" },
  parent: { service: "core", table: "orders", dataset: "core.orders", column: "id" },
};

export function orphansFact(given: Partial<FactOf<"orphans">> = {}): FactOf<"orphans"> {
  return { ...asked, kind: "orphans", values: 8, orphans: 0, examples: [], ...given };
}

export function files(given: Partial<FilesAssertion> = {}): FilesAssertion {
  const any = { min: 0, max: undefined };
  return {
    ...base,
    kind: "files",
    glob: "*.csv",
    count: { min: 1, max: undefined },
    bytes: any,
    sha256: undefined,
    contains: undefined,
    ...given,
  };
}

export function filesFact(found: FactOf<"files">["files"], more = 0): FactOf<"files"> {
  return { ...asked, kind: "files", files: found, more };
}

export function http(given: Partial<HttpAssertion> = {}): HttpAssertion {
  const asks = { url: ["http://127.0.0.1:80/health"], shownUrl: "${services.api.url}/health", timeoutMs: 1000 };
  return { ...base, kind: "http", ...asks, status: 200, contains: undefined, json: undefined, ...given };
}

export function httpFact(given: Partial<FactOf<"http">> = {}): FactOf<"http"> {
  return { ...asked, kind: "http", status: 200, body: "", ...given };
}
