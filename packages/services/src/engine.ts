import type { EngineDigest, Extraction, Restoration, TableShape } from "@rehearse/dataset";
import type { RehearseError } from "@rehearse/errors";

/** The values that a consumer of a service may use, by the names of the file: `${services.core.url}`. */
export type ConnectionValues = Readonly<Record<string, string>>;

export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** A program to start: an absolute file or a name on PATH, its arguments and the whole of its environment. */
export interface EngineCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** What an engine needs to know to plan a server of its own as local processes. All paths are absolute. */
export interface EmbeddedRequest {
  /** The service's name in the file. */
  readonly service: string;
  /** An empty directory for this server alone. */
  readonly directory: string;
  /** Where the engine's packages are unpacked: the directory that holds `node_modules`. */
  readonly packages: string;
  /** A free port of 127.0.0.1 for each name in `portNames`. */
  readonly ports: Readonly<Record<string, number>>;
  readonly credentials: Credentials;
}

/** How to run one server as local processes: data that can be printed, and that the embedded provider performs. */
export interface EmbeddedPlan {
  /** Folders below `directory` to make, then files to write (path → content). */
  readonly directories: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  /**
   * A directory that is always the same and slow to make: made once per `key` in the cache by `make` (whose last argument is the path to make),
   * then copied to `into`.
   */
  readonly template?: { readonly key: string; readonly make: EngineCommand; readonly into: string } | undefined;
  readonly server: EngineCommand;
  /** True for servers that refuse to run as root: the provider then uses another uid, and hands it `directory`. */
  readonly unprivileged: boolean;
}

/** The packages of an embedded engine: a folder of ours with package.json and package-lock.json, all versions exact. */
export interface EnginePackages {
  readonly folder: string;
  /** About how much is downloaded, for the progress line. */
  readonly megabytes: number;
  /** The symbolic links that install scripts would have made (they are never run): link → what it points at, both absolute, below `packages`. */
  links?(packages: string): Promise<Readonly<Record<string, string>>>;
}

export interface EmbeddedRecipe {
  /** The name for people, where another program stands in for the engine. */
  readonly title?: string | undefined;
  readonly packages: EnginePackages;
  readonly portNames: readonly string[];
  /** Pure: the same request gives the same plan. */
  plan(request: EmbeddedRequest): EmbeddedPlan;
}

/** How to run one server as a container: what its compose file leaves open. */
export interface ContainerRecipe {
  /** The name for people, where another program stands in for the engine. */
  readonly title?: string | undefined;
  /** Its name in the folder `compose`; its one service has the engine's name. */
  readonly composeFile: string;
  /** The container's port for each of `portNames`. */
  readonly ports: Readonly<Record<string, number>>;
  /** Values for the variables of the compose file. */
  variables(request: { readonly service: string; readonly credentials: Credentials }): Readonly<Record<string, string>>;
  /** A user that the image makes, with the application's password: it makes the application's. */
  readonly administrator?: string | undefined;
}

/** How a person looks into a running server with the engine's own programs. */
export interface EngineClient {
  /** What the names of the variables begin with that these programs read: those of the caller would lead elsewhere, and are not handed on. */
  readonly prefix: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Its clients, the best first. Passwords come by the variables: arguments can be seen by everybody. */
  readonly commands: readonly (readonly [file: string, ...args: string[]])[];
}

/** Where a running server answers, whoever runs it. */
export interface ServerAddress {
  readonly service: string;
  readonly host: string;
  readonly ports: Readonly<Record<string, number>>;
  readonly credentials: Credentials;
  /** Present where the server is a process of ours. */
  readonly directory?: string | undefined;
  /** A user who may make others, where there is one. */
  readonly administrator?: Credentials | undefined;
}

/** What a dataset is read from. Table names are those of the file: `table`, or `schema.table` outside the service's own. */
export type DatasetSource = { readonly table: string } | { readonly query: string };

/** The state of one table at one moment: what moved between two of them was written. */
export interface TableState {
  readonly table: string;
  readonly rows: number;
  readonly digest: string;
}

/** The states of one moment: whoever has it may let the server write again. */
export interface HeldStates {
  readonly states: Promise<readonly TableState[]>;
}

/** Rows or documents to put in: SQL text for the engine, or a stream of objects for a table. */
export type SeedInput =
  | { readonly kind: "script"; readonly text: string; readonly name: string }
  /** Numbers that a double cannot hold come as `bigint` or raw JSON. */
  | { readonly kind: "rows"; readonly table: string; readonly rows: AsyncIterable<Record<string, unknown>>; readonly name: string };

/** Which digest of a table goes with its rows. */
export interface WantedDigest {
  /** Columns that do not count. */
  readonly ignore: readonly string[];
  /** Tables of fewer rows need none. */
  readonly fromRows: number;
}

/** A table by what decides how its rows are read, and by their digest. */
export interface DigestedTable {
  readonly shape: TableShape;
  readonly digest: EngineDigest;
}

/** The tables of a server at one moment. Until it is disposed of, extractions may run side by side. */
export interface Snapshot extends AsyncDisposable {
  /**
   * As `EngineSession.extract`, with the digest of just these rows where one is wanted and can be had; a large table may also fill files beside `file` whose
   * names begin with its name.
   */
  extract(source: DatasetSource, file: string, wanted?: WantedDigest): Promise<Extraction>;
  /**
   * The digest of a table without the ignored columns, which the engine makes itself. Where two are equal, an extraction gives the same rows and the same
   * facts about them: other values, rows, columns, types or keys, or another way of reading it, give another one; the rows' order, merges and the session's
   * settings do not. Its algorithm names the engine's version: only digests of one algorithm can be compared. Null where the engine has no way to make one,
   * or does not keep the rows itself, as of views. DATASET_NOT_FOUND where there is no such table.
   */
  digest(table: string, options: { readonly ignore: readonly string[] }): Promise<DigestedTable | null>;
}

/** An open door to a running server, as the application's user. Errors it throws are designed (`RehearseError`). */
export interface EngineSession extends AsyncDisposable {
  /** The server's own version, such as `18.4`; null where it does not tell. */
  readonly version: string | null;
  /** Where programs are to be let in while the session is open, if not at the server's own address: what they ask is seen there. */
  readonly entrance?: ServerAddress | undefined;
  /** Puts a seed in; resolves to the number of rows (or statements, for a script) it put in. */
  load(seed: SeedInput): Promise<number>;
  /**
   * Resolves when the server works on nothing any more that a client has asked which is gone: what is still under way would be blamed on the
   * next stage. Ends what takes longer than 30 s.
   */
  settle(): Promise<void>;
  /** Every table a user made, in name order, with rows and digest. Reads only. */
  states(): Promise<readonly TableState[]>;
  /** The same, for a server that can go on while it finds out how its tables stood. Left out where the tables have to stand still for that. */
  readonly holdStates?: (() => Promise<HeldStates>) | undefined;
  /** Reads a table or query into `file` on a read-only connection. DATASET_NOT_FOUND or QUERY_FAILED where the user named what is not there. */
  extract(source: DatasetSource, file: string): Promise<Extraction>;
  /**
   * Holds one state of all tables, where the engine can: Postgres does; in ClickHouse each table or query is of one moment, but not of the same one; a
   * DynamoDB table that is written to while it is read is of no moment.
   */
  snapshot(): Promise<Snapshot>;
  /**
   * Replaces the whole content of a table; resolves to the number of rows. Columns that the restoration lacks take their default, or a neutral value where
   * they must have one. A table that is not there is made, with the restoration's columns and key. What was put in reads back as the same values;
   * else REFERENCE_INVALID names the column that cannot be restored, and why, and the table is of no use (in Postgres it is as it was).
   */
  restore(table: string, restoration: Restoration): Promise<number>;
}

/** How an engine's types are compared: one line of the table of types. */
export interface TypeMapping {
  /** The engine's type, as its manuals name it. */
  readonly source: string;
  /** The canonical type; null: not compared. */
  readonly canonical: string | null;
  /** What is widened, or why it is not compared; empty where there is nothing to say. */
  readonly note: string;
}

/** One engine. All that differs between engines is behind this; nothing outside its folder knows its driver. */
export interface Engine {
  /** The name in the file. */
  readonly name: string;
  /** The name for people. */
  readonly title: string;
  /** Whether `query` sources and SQL seeds make sense. */
  readonly sql: boolean;
  /** The names that `${services.<name>.…}` may use. */
  readonly connectionNames: readonly string[];
  /** All its types, for people. */
  readonly typeMappings: readonly TypeMapping[];
  readonly embedded: EmbeddedRecipe;
  readonly container: ContainerRecipe;
  connection(address: ServerAddress): ConnectionValues;
  client(values: ConnectionValues): EngineClient;
  /**
   * Waits until the server answers the application's user, makes the service's database and that user where that is still to be done,
   * and opens a session. Rejects with the signal's reason when aborted: the provider aborts when the server's process ends.
   */
  connect(address: ServerAddress, signal: AbortSignal): Promise<EngineSession>;
  /** A designed error for what a server's log says of a failed start, or null where the log says nothing this engine knows. */
  explain(log: string, address: Pick<ServerAddress, "service" | "ports">): RehearseError | null;
}
