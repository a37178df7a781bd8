// node duckdb-program.ts limit|join <base> <other>: what DuckDB takes by itself, as a program of its own.
import { DuckDBInstance } from "@duckdb/node-api";
import { keyColumn, valueColumns } from "./tables.ts";

const [program, base = "", other = ""] = process.argv.slice(2);
const engine = await DuckDBInstance.create(":memory:", { threads: "2", preserve_insertion_order: "false" });
const connection = await engine.connect();
const [r, c] = [`read_parquet('${base}')`, `read_parquet('${other}')`];

if (program === "limit") {
  // Each column is hashed: a mere count would be answered from what the file says of itself.
  const hashes = [keyColumn, ...valueColumns].map((column) => `bit_xor(hash(${column}))`);
  for (const side of [r, c]) await connection.runAndReadAll(`SELECT ${hashes.join(", ")} FROM ${side}`);
} else {
  const both = `r.${keyColumn} IS NOT NULL AND c.${keyColumn} IS NOT NULL`;
  const counts = valueColumns.map((column) => `count(*) FILTER (${both} AND r.${column} IS DISTINCT FROM c.${column})`);
  await connection.runAndReadAll(
    `SELECT count(*) FILTER (r.${keyColumn} IS NULL), count(*) FILTER (c.${keyColumn} IS NULL), ${counts.join(", ")}
     FROM ${r} AS r FULL JOIN ${c} AS c ON r.${keyColumn} = c.${keyColumn}`,
  );
}
connection.closeSync();
engine.closeSync();
