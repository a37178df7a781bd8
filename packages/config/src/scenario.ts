/** A place in the file, both from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** What the configuration must know of an engine to check a file; each engine states it of itself. */
export interface EngineFacts {
  readonly name: string;
  /** Whether `query` sources, SQL seeds and SQL assertions make sense. */
  readonly sql: boolean;
  /** The names that `${services.<name>.…}` may use. */
  readonly connectionNames: readonly string[];
}

export interface ServiceConfig {
  readonly name: string;
  readonly engine: string;
  /** A fixed port of 127.0.0.1; undefined: any free one. */
  readonly port: number | undefined;
  readonly position: Position;
}

/** Text with `${services.<service>.<value>}` or `${output}` in it, taken apart. */
export type Template = readonly (string | { readonly service: string; readonly value: string } | { readonly folder: "output" })[];

/** A program: a list is executed as it stands; a string of the file has become `bash -euo pipefail -c`. */
export interface Program {
  readonly run: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, Template>>;
}

/** What a stage writes. `name` is unique among the datasets of the stage: `service.table`, or a query's or files' own name. */
export interface DatasetConfig {
  readonly name: string;
  /** Undefined for files. */
  readonly service: string | undefined;
  /** A query's file is absolute; `files` is a pattern below the stage's output folder, with the canonical types that are declared of their columns. */
  readonly source:
    | { readonly table: string }
    | { readonly queryFile: string }
    | { readonly files: string; readonly types: Readonly<Record<string, string>> };
  readonly key: readonly string[] | undefined;
  readonly ignore: readonly string[];
  /** What counts as equal, by column. */
  readonly columns: Readonly<Record<string, ColumnRulesConfig>>;
  /** Only so many percent of the rows are compared; undefined: all. */
  readonly samplePercent: number | undefined;
  /** Where its rules stand in `checks.diff`, and their parts. */
  readonly rules: readonly RulePosition[];
  /** The differences that are expected of it. */
  readonly expected: readonly ExpectedConfig[];
  readonly position: Position;
}

/** What counts as equal in one column; the transform comes first. */
export interface ColumnRulesConfig {
  /** An expression of DuckDB's SQL over `value`. */
  readonly transform?: string;
  readonly trim?: boolean;
  /** JSON Pointers to what is not compared. */
  readonly json?: { readonly ignorePaths: readonly string[] };
  readonly unordered?: boolean;
  /** Equal by any of them; `abs` is a decimal text, `timeUs` in microseconds. */
  readonly tolerance?: { readonly abs?: string; readonly rel?: number; readonly ulp?: number; readonly timeUs?: number };
}

/** The place of a rule, or of a part of one: `["columns", "amount", "tolerance"]`. */
export interface RulePosition {
  readonly path: readonly string[];
  readonly position: Position;
}

export type DifferenceKind = "added" | "removed" | "changed";

/** Rows that differ as they should. */
export interface ExpectedConfig {
  /** Its place in `checks.expect`. */
  readonly index: number;
  /** Undefined: any. */
  readonly columns: readonly string[] | undefined;
  /** A condition of SQL over a row; undefined: every row. */
  readonly where: { readonly sql: string; readonly position: Position } | undefined;
  readonly kinds: readonly DifferenceKind[];
  /** The most rows that it covers. */
  readonly limit: number;
  readonly owner: string;
  readonly reason: string;
  /** The last day on which it holds, `2027-01-31`. */
  readonly expires: string;
  readonly position: Position;
}

/** A table that a stage reads, by `service` and `table`; `name` is `service.table`. Changes in ignored columns are no changes of what it reads. */
export interface ReadConfig {
  readonly name: string;
  readonly service: string;
  readonly table: string;
  readonly ignore: readonly string[];
}

export interface StageConfig extends Program {
  readonly kind: "stage";
  readonly name: string;
  readonly needs: readonly string[];
  readonly reads: readonly ReadConfig[];
  readonly writes: readonly DatasetConfig[];
  readonly timeoutMs: number;
  readonly position: Position;
}

export interface SeedConfig {
  readonly kind: "seed";
  /** The file's path as written, or the program's words; made unique with the target where two are alike. */
  readonly name: string;
  readonly service: string;
  /** The table the rows go into; undefined for a script. */
  readonly table: string | undefined;
  /** `file` is absolute. A script is SQL; rows are NDJSON or one JSON array. */
  readonly from:
    | { readonly kind: "script"; readonly file: string }
    | { readonly kind: "rows"; readonly file: string; readonly format: "ndjson" | "json" }
    | ({ readonly kind: "program" } & Program);
  readonly after: readonly string[];
  readonly timeoutMs: number;
  readonly position: Position;
}

export type Step = SeedConfig | StageConfig;

/** A value of the file that a cell is compared with: numbers by value (`bigint` for whole ones), text exactly. */
export type ExpectedCell = string | bigint | number | boolean | null;

/** A value of JSON in the file, with whole numbers as bigint. */
export type ExpectedJson = string | bigint | number | boolean | null | readonly ExpectedJson[] | { readonly [key: string]: ExpectedJson };

/** How many; `max` undefined: any number from `min` on. */
export interface Range {
  readonly min: number;
  readonly max: number | undefined;
}

/** A column of a table, `service.table.column` in the file. */
export interface ColumnConfig {
  /** `service.table`. */
  readonly dataset: string;
  readonly service: string;
  readonly table: string;
  readonly column: string;
}

interface AssertionBase {
  readonly name: string;
  /** The stage after which it is asked. */
  readonly after: string;
  /** How long to ask again until it holds; 0: once. */
  readonly withinMs: number;
  readonly position: Position;
}

/** What a query must answer: exactly these rows in this order, these rows among others, so many rows, or the rows that it gave before the stage. */
export type QueryClaim =
  | { readonly kind: "equals"; readonly rows: readonly (readonly ExpectedCell[])[] }
  | { readonly kind: "contains"; readonly rows: readonly (readonly ExpectedCell[])[] }
  | { readonly kind: "rows"; readonly count: Range }
  | { readonly kind: "invariant" };

export interface QueryAssertion extends AssertionBase {
  readonly kind: "query";
  readonly service: string;
  readonly sql: string;
  readonly claim: QueryClaim;
}

/** Every value of the child, but for NULL, is one of the parent. */
export interface OrphansAssertion extends AssertionBase {
  readonly kind: "orphans";
  readonly child: ColumnConfig;
  readonly parent: ColumnConfig;
}

/** What the stage left in its output folder: so many files, each of which is what is said here. */
export interface FilesAssertion extends AssertionBase {
  readonly kind: "files";
  readonly glob: string;
  readonly count: Range;
  readonly bytes: Range;
  readonly sha256: string | undefined;
  readonly contains: string | undefined;
}

/** The answer to a GET request. */
export interface HttpAssertion extends AssertionBase {
  readonly kind: "http";
  readonly url: Template;
  /** The URL as it stands in the file. */
  readonly shownUrl: string;
  readonly status: number;
  readonly contains: string | undefined;
  readonly json: ExpectedJson | undefined;
  /** Of one answer. */
  readonly timeoutMs: number;
}

export type AssertionConfig = QueryAssertion | OrphansAssertion | FilesAssertion | HttpAssertion;

/** Where the rows of large references lie. */
export interface ReferencesConfig {
  /** The absolute path of a folder, or `s3://bucket/prefix`. */
  readonly store: string;
  /** References of up to this many bytes stay in the scenario's folder. */
  readonly inlineBytes: number;
}

/** A whole file, parsed, checked and normalised. Every list keeps the order of the file. */
export interface Scenario {
  readonly name: string;
  /** Absolute path of the file and of the folder it lies in. */
  readonly file: string;
  readonly directory: string;
  readonly services: readonly ServiceConfig[];
  readonly seeds: readonly SeedConfig[];
  readonly stages: readonly StageConfig[];
  readonly assertions: readonly AssertionConfig[];
  /** Undefined: all of them stay in the scenario's folder. */
  readonly references: ReferencesConfig | undefined;
  /** All steps in the one order in which they run. */
  readonly order: readonly Step[];
}
