import { durationMs } from "./duration.ts";
import type { AssertionConfig, ColumnConfig, Position, QueryClaim, Range } from "./scenario.ts";
import { defaultAnswerTimeout, defaultStatus, type AssertionShape, type RangeShape } from "./schema/assertion-schema.ts";
import { splitColumn } from "./split-table.ts";
import { parseTemplate } from "./template.ts";

/** An assertion whose one claim the rules have found. */
export function normaliseAssertion(shape: AssertionShape, position: Position): AssertionConfig {
  const { name, after, within, orphans, files, http } = shape;
  const base = { name, after, withinMs: within === undefined ? 0 : durationMs(within), position };
  if (orphans !== undefined) return { ...base, kind: "orphans", child: columnOf(orphans.child), parent: columnOf(orphans.parent) };
  if (files !== undefined) {
    const { glob, count, bytes, sha256, contains } = files;
    return { ...base, kind: "files", glob, count: rangeOf(count ?? { min: 1n }), bytes: rangeOf(bytes ?? {}), sha256, contains };
  }
  if (http !== undefined) {
    const { url, status = BigInt(defaultStatus), contains, json, timeout = defaultAnswerTimeout } = http;
    const asked = { url: parseTemplate(url).template, shownUrl: url, timeoutMs: durationMs(timeout) };
    return { ...base, kind: "http", ...asked, status: Number(status), contains, json };
  }
  const [claim, { in: service, sql }] = [claimOf(shape), shape];
  if (claim === undefined || service === undefined || sql === undefined)
    throw new Error("The rules let an assertion through that claims nothing.");
  return { ...base, kind: "query", service, sql, claim };
}

function claimOf({ equals, contains, rows, empty, invariant }: AssertionShape): QueryClaim | undefined {
  if (equals !== undefined) return { kind: "equals", rows: equals };
  if (contains !== undefined) return { kind: "contains", rows: contains };
  if (rows !== undefined) return { kind: "rows", count: rangeOf(rows) };
  if (empty !== undefined) return { kind: "rows", count: { min: 0, max: 0 } };
  return invariant === undefined ? undefined : { kind: "invariant" };
}

function rangeOf(range: RangeShape): Range {
  if (typeof range === "bigint") return { min: Number(range), max: Number(range) };
  return { min: Number(range.min ?? 0n), max: range.max === undefined ? undefined : Number(range.max) };
}

function columnOf(text: string): ColumnConfig {
  const { service, table, column } = splitColumn(text);
  return { dataset: `${service}.${table}`, service, table, column };
}
