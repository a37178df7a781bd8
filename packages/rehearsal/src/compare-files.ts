import path from "node:path";
import type { ColumnRulesConfig } from "@rehearse/config";
import { compareRelations, openSides, tableEngine, type Comparison } from "@rehearse/dataset";
import { RehearseError } from "@rehearse/errors";
import { cacheDirectory } from "@rehearse/providers";
import { detailOf, reasonOf } from "./judge/judge-dataset.ts";
import { exitCodeOf } from "./judge/verdict-of.ts";
import type { Check, Report } from "./model/report.ts";
import { openTableEngine } from "./open-table-engine.ts";
import type { Progress } from "./progress.ts";

export interface FilesRequest {
  /** Files, folders or patterns, as the user named them. */
  readonly reference: string;
  readonly current: string;
  /** Empty: the key of a dataset, else the rows as a multiset. */
  readonly key: readonly string[];
  readonly ignore: readonly string[];
  /** What counts as equal, by column. */
  readonly columns: Readonly<Record<string, ColumnRulesConfig>>;
  /** Canonical types of columns of CSV and JSON, by column. */
  readonly types: Readonly<Record<string, string>>;
  readonly delimiter?: string | undefined;
  /** How many rows of each kind to show. */
  readonly examples: number;
  readonly memoryMegabytes?: number | undefined;
  /** The command line, for the report. */
  readonly command: string;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

export interface FilesResult {
  readonly report: Report;
  readonly exitCode: 0 | 1;
}

/**
 * Compares two files, folders of files or datasets, without any rehearsal: a report of one check. Nothing is written but intermediate files.
 * DATASET_NOT_FOUND, FILE_INVALID, CONFIG_INVALID, USAGE, MEMORY_EXHAUSTED, DIRECTORY_NOT_WRITABLE.
 */
export async function compareFiles({ reference, current, key, ignore, columns, ...request }: FilesRequest): Promise<FilesResult> {
  const [startedAt, start] = [new Date().toISOString(), performance.now()];
  const { types, delimiter, examples, signal, progress, memoryMegabytes } = request;
  await using tables = await openTableEngine({ directory: path.join(cacheDirectory(), "compared"), signal, progress, memoryMegabytes });
  const comparison = await asFiles(async () => {
    const sides = await openSides({ tables, reference, current, types, delimiter });
    return compareRelations({ tables, ...sides, rules: { key: key.length === 0 ? undefined : key, ignore, columns }, examples });
  });
  const check = checkOf(comparison, { name: path.basename(current), columns });
  const engine = { service: "", engine: tableEngine.name, title: tableEngine.title, version: "" };
  const report: Report = {
    version: 1,
    scenario: path.basename(current),
    run: "files",
    startedAt,
    wallMs: performance.now() - start,
    commit: null,
    against: { kind: "file", path: reference },
    only: null,
    verdict: check.verdict,
    checks: [check],
    divergences: [],
    firstDivergence: null,
    stages: [],
    seeds: [],
    teardown: { created: 0, removed: 0, left: 0, kept: false, leftovers: [] },
    provider: { name: "files", reason: "two files were compared, no service ran", engines: [engine] },
    notes: [],
    next: { reproduce: request.command, keep: "", accept: "" },
  };
  return { report, exitCode: exitCodeOf(check.verdict) };
}

/** What is wrong with a dataset is wrong with a file that the user gave. */
async function asFiles<T>(compare: () => Promise<T>): Promise<T> {
  try {
    return await compare();
  } catch (error) {
    if (!(error instanceof RehearseError) || error.code !== "DATASET_UNREADABLE") throw error;
    throw error.as({ code: "FILE_INVALID" });
  }
}

function checkOf(comparison: Comparison, { name, columns }: Pick<FilesRequest, "columns"> & { name: string }): Check {
  const { verdict, rows, added, removed, changed } = comparison;
  return {
    name,
    kind: "diff",
    stage: "",
    verdict,
    counts: { reference: rows.reference, current: rows.current, added, removed, changed },
    reason: reasonOf(comparison),
    hint: verdict === "not compared" && comparison.notCompared.length > 0 ? "leave the column out with --ignore" : "",
    line: 1,
    detail: { ...detailOf(comparison, { columns }), expected: [] },
  };
}
