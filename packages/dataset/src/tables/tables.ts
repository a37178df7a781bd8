import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection, DuckDBInstance, DuckDBResultReader, DuckDBValue } from "@duckdb/node-api";
import { RehearseError, messageOf } from "@rehearse/errors";
import { unreadableValue } from "../types/canonical-text.ts";
import type { Cell } from "../compare/comparison.ts";
import { literal } from "./sql-text.ts";
import { registerFunctions } from "./scalar-functions.ts";
import { ownFolder, removeAbandoned } from "./intermediate-folders.ts";
import { loadDuckDB } from "./table-engine.ts";
import { makeDirectory } from "./write-atomically.ts";

/** A statement that DuckDB refuses to understand is our bug, whatever the data; every other failure is the data's or the machine's. */
const ourFault = /^(Parser|Binder|Catalog) Error/;

const outOfMemory = /^Out of Memory Error|failed to pin block/;

/** What the operating system says where a disk, a quota or a limit leaves no room to write. */
const outOfRoom = /No space left on device|Disk quota exceeded|File too large/;

/** An open table engine: the one DuckDB of a process, with room for intermediate files that goes when it is disposed of. */
export class Tables implements AsyncDisposable {
  /** Absolute path of a directory for intermediate files. */
  readonly directory: string;
  /** What DuckDB may use before it writes to disk instead. */
  readonly memoryMegabytes: number;
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  readonly #signal: AbortSignal;
  readonly #interrupt: () => void;
  #last: Promise<unknown> = Promise.resolve();

  constructor(open: {
    directory: string;
    memoryMegabytes: number;
    instance: DuckDBInstance;
    connection: DuckDBConnection;
    signal: AbortSignal;
  }) {
    this.directory = open.directory;
    this.memoryMegabytes = open.memoryMegabytes;
    this.#instance = open.instance;
    this.#connection = open.connection;
    this.#signal = open.signal;
    this.#interrupt = () => open.connection.interrupt();
    this.#signal.addEventListener("abort", this.#interrupt);
  }

  /**
   * Runs a SELECT and returns its rows, in its order, as text.
   * With `doing` ("reading core.orders"): DATASET_UNREADABLE where the data is at fault, MEMORY_EXHAUSTED, DIRECTORY_NOT_WRITABLE where the disk has no room.
   */
  async query(select: string, doing: string): Promise<Cell[][]> {
    // The driver drops a byte order mark at the beginning of a text: none begins with one behind this mark.
    const rows = await this.#run(`SELECT '.' || COLUMNS(*)::VARCHAR FROM (${select})`, doing);
    return rows.map((row) => row.map((value) => (value === null ? null : String(value).slice(1))));
  }

  /** Runs a SELECT into a Parquet file and returns how many rows it wrote. Errors as for `query`. */
  async writeParquet({
    select,
    file,
    doing,
    dictionaries,
  }: {
    select: string;
    file: string;
    doing: string;
    dictionaries: boolean;
  }): Promise<number> {
    const limit = dictionaries ? "" : ", DICTIONARY_SIZE_LIMIT 0";
    // Level 1 takes half the time of the level that it has by itself, for files 3 % larger.
    return this.writeFile({ select, file, form: `FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1${limit}`, doing });
  }

  /** Runs a SELECT into a file of any form that COPY writes, and returns how many rows it wrote; they need not keep their order. Errors as for `query`. */
  async writeFile({
    select,
    file,
    form,
    doing,
    ordered = true,
  }: {
    select: string;
    file: string;
    form: string;
    doing: string;
    ordered?: boolean;
  }): Promise<number> {
    const [[count] = []] = await this.#run(`COPY (${select}) TO ${literal(file)} (${form})`, doing, { ordered });
    return Number(count);
  }

  /** Runs a statement that makes or fills a table, whose rows have no order, and returns how many it wrote. Errors as for `query`. */
  async write(statement: string, doing: string): Promise<number> {
    const [[count] = []] = await this.#run(statement, doing, { ordered: false });
    return Number(count ?? 0);
  }

  /** Drops a table. Errors as for `query`. */
  async drop(table: string, doing: string): Promise<void> {
    await this.#run(`DROP TABLE ${table}`, doing);
  }

  /** One statement at a time, in the order they came. */
  async #run(sql: string, doing: string, { ordered } = { ordered: true }): Promise<DuckDBValue[][]> {
    const mine = this.#last.then(() => {
      this.#signal.throwIfAborted();
      return ordered ? this.#connection.runAndReadAll(sql) : this.#runUnordered(sql);
    });
    this.#last = mine.catch(() => undefined);
    try {
      return (await mine).getRows();
    } catch (error) {
      this.#signal.throwIfAborted();
      if (ourFault.test(messageOf(error))) throw error;
      throw new RehearseError({ ...blame(messageOf(error)), message: `${doing} failed: ${essence(messageOf(error))}`, cause: error });
    }
  }

  /** To keep the order in which rows were read takes time and memory. */
  async #runUnordered(sql: string): Promise<DuckDBResultReader> {
    await this.#connection.run("SET preserve_insertion_order = false");
    try {
      return await this.#connection.runAndReadAll(sql);
    } finally {
      await this.#connection.run("SET preserve_insertion_order = true");
    }
  }

  /** A path for an intermediate file that nobody else uses. */
  temporaryFile(suffix: string): string {
    return join(this.directory, `${randomUUID()}${suffix}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#last;
    this.#signal.removeEventListener("abort", this.#interrupt);
    this.#connection.closeSync();
    this.#instance.closeSync();
    await rm(this.directory, { recursive: true, force: true });
  }
}

/** Whose fault it is that a statement could not be run, by what DuckDB says. */
function blame(said: string): Pick<RehearseError, "code" | "hint"> {
  if (outOfMemory.test(said))
    return { code: "MEMORY_EXHAUSTED", hint: "Give it more memory, where there is `--memory`, or a key to compare by." };
  if (outOfRoom.test(said)) return { code: "DIRECTORY_NOT_WRITABLE", hint: "Make room on that disk." };
  return { code: "DATASET_UNREADABLE", hint: "See the cause: a value that is not of its column's type, or a damaged file." };
}

export interface TablesRequest {
  /** Where intermediate files go; made where it is missing. */
  readonly directory: string;
  /** The folder whose `node_modules` has DuckDB; left out where `tableEngine.installed`. */
  readonly packages?: string;
  /** What the process may use, in millions of bytes; what is more it writes to disk. At least `leastMegabytes`. */
  readonly memoryMegabytes?: number;
  /** How many parts of a large table are worked on side by side; by default as many as there are processors, and memory for them. */
  readonly threads?: number;
  /** Ends what is being read or compared; whoever waits for it hears the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * What a process holds beside the memory that DuckDB counts, in megabytes: Node, the libraries and what they allocate themselves. Where DuckDB keeps
 * what it frees for a second, a join that goes through the disk has that beside it as well.
 */
const beside = { thrifty: 280, quick: 400 };

/** From so many megabytes on there is room for what was freed. */
const roomy = 2000;

/** The least that can be kept, in megabytes: with less, what is beside DuckDB's memory alone is more while many rows differ. */
export const leastMegabytes = 400;

/** Opens the table engine. DIRECTORY_NOT_WRITABLE, ENGINE_NOT_AVAILABLE. */
export async function openTables({
  directory,
  packages,
  memoryMegabytes: whole = 2000,
  threads,
  signal = new AbortController().signal,
}: TablesRequest): Promise<Tables> {
  const thrifty = whole < roomy;
  const memoryMegabytes = whole - (thrifty ? beside.thrifty : beside.quick);
  const duckdb = loadDuckDB({ packages, thrifty });
  const own = join(directory, ownFolder());
  await makeDirectory(own);
  await removeAbandoned(directory);
  await using undo = new AsyncDisposableStack();
  undo.defer(() => rm(own, { recursive: true, force: true }));
  const instance = await duckdb.DuckDBInstance.create(":memory:", {
    threads: String(threads ?? threadsFor(memoryMegabytes)),
    memory_limit: `${memoryMegabytes}MB`,
    temp_directory: join(own, "spill"),
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
    // It knows a file that was written anew by its time in seconds; the operating system keeps what was read as well.
    enable_external_file_cache: "false",
    // Rows keep the order in which a query gave them: assertions compare them in that order.
    preserve_insertion_order: "true",
  });
  undo.defer(() => instance.closeSync());
  const connection = await instance.connect();
  undo.defer(() => connection.closeSync());
  await connection.run("SET TimeZone = 'UTC'");
  registerFunctions(duckdb, connection);
  undo.move();
  return new Tables({ directory: own, memoryMegabytes, instance, connection, signal });
}

/** Each thread needs memory of its own. */
function threadsFor(memoryMegabytes: number): number {
  return Math.max(2, Math.min(availableParallelism(), Math.floor(memoryMegabytes / 256), 8));
}

/** What a message says beyond DuckDB's frame: it quotes whole rows of the file and adds advice about its own options. */
function essence(message: string): string {
  const refusal = message.indexOf(unreadableValue);
  const [head = ""] = (refusal === -1 ? message : message.slice(refusal + unreadableValue.length)).split(/\n(?:Possible|LINE|\s*file\s*=)/);
  return head.length > 1000 ? `${head.slice(0, 1000)}…` : head.trimEnd();
}
