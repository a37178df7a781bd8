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

/** Text with `${services.<service>.<value>}` in it, taken apart. */
export type Template = readonly (string | { readonly service: string; readonly value: string })[];

/** A program: a list is executed as it stands; a string of the file has become `bash -euo pipefail -c`. */
export interface Program {
  readonly run: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, Template>>;
}

/** What a stage writes. `name` is unique among the datasets of the stage: `service.table`, or the query's own name. */
export interface DatasetConfig {
  readonly name: string;
  readonly service: string;
  /** `file` is absolute. */
  readonly source: { readonly table: string } | { readonly queryFile: string };
  readonly key: readonly string[] | undefined;
  readonly ignore: readonly string[];
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

export interface AssertionConfig {
  readonly name: string;
  /** The stage after which it is asked. */
  readonly after: string;
  readonly service: string;
  readonly sql: string;
  readonly equals: readonly (readonly ExpectedCell[])[];
  /** How long to ask again until it holds; 0: once. */
  readonly withinMs: number;
  readonly position: Position;
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
  /** All steps in the one order in which they run. */
  readonly order: readonly Step[];
}
