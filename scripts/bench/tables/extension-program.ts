// extension-program.ts parquet|join <folder> <extension>: what DuckDB takes by itself with its extension that reads Postgres, as a program of its own.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import type { ServerAddress } from "@rehearse/services";
import { tableName, valueColumns } from "./fill.ts";

const [program, folder = "", extension = ""] = process.argv.slice(2);
const { address }: { address: ServerAddress } = JSON.parse(await readFile(path.join(folder, "address.json"), "utf8"));
const { host, ports, credentials, service } = address;
const reference = path.join(folder, "by-extension.parquet");

const engine = await DuckDBInstance.create(":memory:", { preserve_insertion_order: "false" });
const connection = await engine.connect();
await connection.run(`LOAD '${extension}'`);
const { user, password } = credentials;
const quoted = `'${password.replaceAll(/[\\']/g, String.raw`\$&`)}'`;
const server = `host=${host} port=${ports["port"]} user=${user} password=${quoted} dbname=${service}`;
await connection.run(`ATTACH '${server.replaceAll("'", "''")}' AS pg (TYPE postgres, READ_ONLY)`);

if (program === "parquet") await connection.run(`COPY (FROM pg.${tableName}) TO '${reference}' (FORMAT parquet, COMPRESSION zstd)`);
else {
  const both = "r.id IS NOT NULL AND c.id IS NOT NULL";
  const counts = valueColumns.map((column) => `count(*) FILTER (${both} AND r.${column} IS DISTINCT FROM c.${column})`);
  const found = await connection.runAndReadAll(
    `SELECT count(*) FILTER (r.id IS NULL), count(*) FILTER (c.id IS NULL), ${counts.join(", ")}
     FROM read_parquet('${reference}') AS r FULL JOIN pg.${tableName} AS c ON r.id = c.id`,
  );
  console.log(found.getRows().toString());
}
connection.closeSync();
engine.closeSync();
