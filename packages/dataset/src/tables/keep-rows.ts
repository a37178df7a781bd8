import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { fileLiteral, identifier } from "./sql-text.ts";
import type { Tables } from "./tables.ts";

/** Rows that were worked out once, to be asked more than once; gone when disposed of. */
export interface KeptRows extends AsyncDisposable {
  /** What stands after FROM. */
  readonly from: string;
  /** Keeps the rows of a SELECT of the same columns beside the others, and returns how many they were. */
  add(select: string): Promise<number>;
}

// It is read at once and often: compression would take longer than it spares. Small parts are written and read in little memory.
const kept = "FORMAT parquet, COMPRESSION uncompressed, DICTIONARY_SIZE_LIMIT 0, ROW_GROUP_SIZE 40960";

/** Keeps the rows of a SELECT in the tables' directory: a table would fill DuckDB's memory first, and then be moved to disk and back. Errors as for `Tables.query`. */
export async function keepRows({ tables, select, doing }: { tables: Tables; select: string; doing: string }): Promise<KeptRows> {
  const files: string[] = [];
  const add = async (more: string): Promise<number> => {
    const file = tables.temporaryFile(".parquet");
    const rows = await tables.writeFile({ select: more, file, form: kept, doing, ordered: false });
    // One file without rows says which columns there are.
    if (rows > 0 || files.length === 0) files.push(file);
    else await rm(file);
    return rows;
  };
  await add(select);
  return {
    get from() {
      return `read_parquet([${files.map(fileLiteral).join(", ")}], hive_partitioning = false)`;
    },
    add,
    [Symbol.asyncDispose]: async () => {
      await Promise.all(files.map((file) => rm(file)));
    },
  };
}

/** Keeps few rows in a table: a file of many columns takes memory for each of them, however few rows it has. Errors as for `Tables.query`. */
export async function keepFewRows({ tables, select, doing }: { tables: Tables; select: string; doing: string }): Promise<KeptRows> {
  const from = identifier(`kept ${randomUUID()}`);
  await tables.write(`CREATE TABLE ${from} AS ${select}`, doing);
  return {
    from,
    add: (more) => tables.write(`INSERT INTO ${from} ${more}`, doing),
    [Symbol.asyncDispose]: () => tables.drop(from, doing),
  };
}
