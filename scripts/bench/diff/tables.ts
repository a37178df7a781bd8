import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { materialiseFiles, openTables } from "@rehearse/dataset";

/** How rows lie in a file. */
export const orders = ["sorted", "shuffled"] as const;
export type Order = (typeof orders)[number];

/** Share of the rows that are changed; a tenth as many are added, and a tenth as many removed. */
export const shares = [0, 0.0001, 0.01, 0.3] as const;
export type Share = (typeof shares)[number];

/** What was planted, and therefore has to be found. */
export interface Planted {
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
}

export const keyColumn = "id";
export const valueColumns = ["c_int", "c_dbl", "c_dec", "c_str", "c_ts", "c_bool", "c_nstr", "c_json", "c_date"] as const;

/** Changed whenever the files would be others, so that nobody measures old ones. */
const edition = "1";
/** As DuckDB writes by itself; the other sides have another size, or an unchanged side would be the same bytes. */
const rowGroup = { base: 122_880, other: 100_352 };

/** Parquet files of `rows` rows × 10 columns: a base, and one other side for each share; made once and kept in the user's cache. Paths are absolute. */
export class DiffTables implements AsyncDisposable {
  /** Where they are. */
  readonly folder: string;
  readonly #engine: DuckDBInstance;

  constructor(engine: DuckDBInstance, folder: string) {
    this.#engine = engine;
    this.folder = folder;
  }

  static async open(): Promise<DiffTables> {
    const { XDG_CACHE_HOME: cache = path.join(homedir(), ".cache") } = process.env;
    const folder = path.join(cache, "rehearse-bench", `diff-${edition}`);
    await mkdir(folder, { recursive: true });
    const spill = path.join(folder, "spill");
    return new DiffTables(await DuckDBInstance.create(":memory:", { memory_limit: "4GB", temp_directory: spill }), folder);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#engine.closeSync();
    await rm(path.join(this.folder, "spill"), { recursive: true, force: true });
  }

  base(rows: number, order: Order): Promise<string> {
    return this.#file({ name: `${rows}-base-${order}`, select: edited(rows, 0), order: orderBy(order, 0), group: rowGroup.base });
  }

  /** The base as a dataset, as references are stored. */
  async stored(rows: number, order: Order): Promise<string> {
    const directory = path.join(this.folder, `${rows}-stored-${order}`);
    if (existsSync(directory)) return directory;
    process.stderr.write(`storing ${rows}-base-${order}\n`);
    await using tables = await openTables({ directory: path.join(this.folder, "spill") });
    const files = [await this.base(rows, order)];
    await materialiseFiles({ tables, title: directory, files, types: {}, directory: `${directory}.new` });
    await rename(`${directory}.new`, directory);
    return directory;
  }

  other({ rows, order, share }: { rows: number; order: Order; share: Share }): Promise<string> {
    const name = `${rows}-${share * 100}-percent-${order}`;
    return this.#file({ name, select: edited(rows, share), order: orderBy(order, 1), group: rowGroup.other });
  }

  async planted(rows: number, share: Share): Promise<Planted> {
    const connection = await this.#engine.connect();
    const { added, removed, changed } = edits(share);
    const reader = await connection.runAndReadAll(
      `SELECT count(*) FILTER (${added}), count(*) FILTER (${removed}), count(*) FILTER ((${changed}) AND NOT (${removed})) FROM range(${rows}) AS r(i)`,
    );
    connection.closeSync();
    const [counts = []] = reader.getRows();
    const [a, r, c] = counts.map(Number);
    return { added: a ?? 0, removed: r ?? 0, changed: c ?? 0 };
  }

  async #file({ name, select, order, group }: { name: string; select: string; order: string; group: number }): Promise<string> {
    const file = path.join(this.folder, `${name}.parquet`);
    if (existsSync(file)) return file;
    process.stderr.write(`writing ${name}\n`);
    const connection = await this.#engine.connect();
    await connection.run(`COPY (${select} ${order}) TO '${file}.new' (FORMAT parquet, ROW_GROUP_SIZE ${group})`);
    connection.closeSync();
    await rename(`${file}.new`, file);
    return file;
  }
}

/** Each side shuffled in its own way. */
function orderBy(order: Order, side: number): string {
  return order === "sorted" ? "" : `ORDER BY hash(id + ${side})`;
}

/** Which rows are edited, spread evenly: as conditions over the row's number `i`. */
function edits(share: Share): { added: string; removed: string; changed: string } {
  const one = (salt: number, part: number): string => `hash(i, ${salt}) % 1000000 < ${Math.round(part * 1_000_000)}`;
  return { added: one(779, share / 10), removed: one(778, share / 10), changed: one(777, share) };
}

/** Even numbers are rows of the base, odd ones rows that only the other side may have: so a table is sorted without sorting. */
function edited(rows: number, share: Share): string {
  const { added, removed, changed } = edits(share);
  return `SELECT id,
      CASE WHEN edit = 0 THEN c_int + 1 ELSE c_int END AS c_int,
      CASE WHEN edit = 1 THEN c_dbl + 0.5 ELSE c_dbl END AS c_dbl,
      CASE WHEN edit = 2 THEN (c_dec + 0.0001)::DECIMAL(18, 4) ELSE c_dec END AS c_dec,
      CASE WHEN edit = 3 THEN reverse(c_str) || 'x' ELSE c_str END AS c_str,
      CASE WHEN edit = 4 THEN c_ts + INTERVAL 1 SECOND ELSE c_ts END AS c_ts,
      CASE WHEN edit = 5 THEN NOT c_bool ELSE c_bool END AS c_bool,
      CASE WHEN edit <> 6 THEN c_nstr WHEN c_nstr IS NULL THEN 'now' END AS c_nstr,
      CASE WHEN edit = 7 THEN replace(c_json, '"x"', '"z"') ELSE c_json END AS c_json,
      CASE WHEN edit = 8 THEN c_date + 1 ELSE c_date END AS c_date
    FROM (SELECT (i * 10 + odd * 5)::BIGINT AS id,
        CASE WHEN odd = 0 AND (${changed}) THEN (hash(i, 780) % 9)::INTEGER ELSE -1 END AS edit,
        ${cells("i", "odd * 100")}
      FROM (SELECT j // 2 AS i, j % 2 AS odd FROM range(${2 * rows}) AS r(j))
      WHERE CASE WHEN odd = 0 THEN NOT (${removed}) ELSE ${added} END)`;
}

function cells(i: string, salt: string): string {
  const random = (number: number): string => `hash(${i}, ${salt} + ${number})`;
  return `(${random(1)} % 1000000)::INTEGER AS c_int,
    (${random(2)} % 1000000007)::DOUBLE / 1009.0 AS c_dbl,
    ((${random(3)} % 100000000000)::DECIMAL(18, 0) / 10000)::DECIMAL(18, 4) AS c_dec,
    substr(md5((${i} + ${salt})::VARCHAR), 1, 20) AS c_str,
    TIMESTAMP '2020-01-01' + to_microseconds((${random(4)} % 150000000000000)::BIGINT) AS c_ts,
    ${random(5)} % 2 = 0 AS c_bool,
    CASE WHEN ${random(6)} % 10 >= 3 THEN 'note-' || (${random(6)} % 5000)::VARCHAR END AS c_nstr,
    '{"a":' || (${random(7)} % 100000)::VARCHAR || ',"b":"' || substr(md5((${i} + 7)::VARCHAR), 1, 8)
      || '","tags":["x","y"],"n":' || ((${random(8)} % 1000) / 1000.0)::DECIMAL(6, 3)::VARCHAR || '}' AS c_json,
    DATE '2015-01-01' + (${random(9)} % 4000)::INTEGER AS c_date`;
}
