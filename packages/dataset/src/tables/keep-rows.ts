import { randomUUID } from "node:crypto";
import { identifier } from "./sql-text.ts";
import type { Tables } from "./tables.ts";

/** Rows that were worked out once, to be asked more than once; gone when disposed of. */
export interface KeptRows extends AsyncDisposable {
  /** What stands after FROM. */
  readonly from: string;
  /** Keeps the rows of a SELECT of the same columns beside the others, and returns how many they were. */
  add(select: string): Promise<number>;
}

/** Keeps the rows of a SELECT: in memory, and what does not fit there in the tables' directory. Errors as for `Tables.query`. */
export async function keepRows({ tables, select, doing }: { tables: Tables; select: string; doing: string }): Promise<KeptRows> {
  const from = identifier(`kept ${randomUUID()}`);
  await tables.write(`CREATE TABLE ${from} AS ${select}`, doing);
  return {
    from,
    add: (more) => tables.write(`INSERT INTO ${from} ${more}`, doing),
    [Symbol.asyncDispose]: () => tables.drop(from, doing),
  };
}
