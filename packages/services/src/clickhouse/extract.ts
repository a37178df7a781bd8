import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { Column, Extraction } from "@rehearse/dataset";
import { RehearseError } from "@rehearse/errors";
import type { DatasetSource } from "../engine.ts";
import { bytesReading, readingOf, type Reading } from "./canonical.ts";
import { identifier, qualified, tableNamed } from "./identifier.ts";
import { ask, requestFailure, serverCode, type Server } from "./server.ts";
import { splitStatements } from "./split-statements.ts";
import { storedTables, viewNames } from "./tables.ts";

interface Place {
  /** What is read, as it stands after FROM, and how messages call it. */
  readonly from: string;
  readonly named: string;
  readonly final: boolean;
  readonly key: readonly string[];
}

interface SourceColumn {
  readonly name: string;
  readonly source: string;
  readonly reading: Reading;
}

/** Reads a table or query into `file` as Parquet; see `EngineSession.extract`. */
export async function extract({ server, source, file }: { server: Server; source: DatasetSource; file: string }): Promise<Extraction> {
  const place = "table" in source ? await tablePlace(server, source.table) : await queryPlace(server, source.query);
  try {
    const { columns, rows } = await download({ server, place, columns: await describe(server, place), file });
    return { format: "parquet", file, columns: columns.map(columnOf), rows, key: place.key, ...(place.final ? { read: "final" } : {}) };
  } catch (error) {
    const hint = "table" in source ? "The server's message says what is wrong with the table." : "Mend the query.";
    throw requestFailure({ code: "QUERY_FAILED", doing: `${place.named} could not be read`, hint, service: server.service, error });
  }
}

async function tablePlace(server: Server, name: string): Promise<Place> {
  const named = `The table "${name}"`;
  const tables = await storedTables(server);
  const table = tables.find(({ shown }) => shown === name);
  if (table !== undefined) return { from: table.from, named, final: table.final, key: table.key };
  const views = await viewNames(server);
  if (views.includes(name)) return { from: qualified(tableNamed(name, server.service)), named, final: false, key: [] };
  const known = [...tables.map(({ shown }) => shown), ...views];
  throw new RehearseError({
    code: "DATASET_NOT_FOUND",
    message: `${named} is not in ClickHouse (service "${server.service}")`,
    hint: "Name a table that the stage has made, or write a query dataset.",
    expected: known.length === 0 ? "a table; there is none" : `one of ${known.slice(0, 20).join(", ")}${known.length > 20 ? ", …" : ""}`,
    got: name,
  });
}

async function queryPlace(server: Server, query: string): Promise<Place> {
  const statements = splitStatements(query);
  const [statement, ...more] = "unclosed" in statements ? [] : statements;
  if (statement === undefined || more.length > 0) {
    throw new RehearseError({
      code: "QUERY_FAILED",
      message: `A query of the service "${server.service}" is not one statement`,
      hint: "Write exactly one SELECT.",
      expected: "one statement",
      got:
        "unclosed" in statements
          ? `a ${statements.unclosed} that begins on line ${statements.line} and never ends`
          : String(statements.length),
    });
  }
  // What the engine logs reaches its tables late; a query may well ask them.
  await server.writer.command({ query: "SYSTEM FLUSH LOGS" }).catch((error: unknown) => {
    throw requestFailure({
      code: "QUERY_FAILED",
      doing: "The server's logs could not be written out",
      hint: "Try again.",
      service: server.service,
      error,
    });
  });
  // The newline keeps a comment at the query's end from taking the bracket along.
  return { from: `(${statement.text}\n)`, named: `A query of the service "${server.service}"`, final: false, key: [] };
}

async function describe({ reader }: Server, place: Place): Promise<SourceColumn[]> {
  const described = await ask<{ name: string; type: string; default_type: string }>(reader, `DESCRIBE TABLE ${place.from}`);
  const columns = described.filter((column) => column.default_type !== "ALIAS" && column.default_type !== "EPHEMERAL");
  const twice = columns.find(({ name }, index) => columns.findIndex((other) => other.name === name) !== index);
  if (twice !== undefined) {
    throw new RehearseError({
      code: "QUERY_FAILED",
      message: `${place.named} has two columns named "${twice.name}"`,
      hint: "Give each column a name of its own with AS.",
    });
  }
  return columns.map(({ name, type }) => ({ name, source: type, reading: readingOf(type) }));
}

const functionThrew = 395;
const notUtf8 = /rehearse: column (\d+) is not UTF-8/;

interface Download {
  readonly server: Server;
  readonly place: Place;
  readonly columns: readonly SourceColumn[];
  readonly file: string;
}

/** Writes the file; resolves to the columns as they were read: text that turns out not to be UTF-8 is read again as bytes. */
async function download(read: Download): Promise<{ readonly columns: readonly SourceColumn[]; readonly rows: number | undefined }> {
  const { server, place, columns, file } = read;
  const fields = columns.flatMap(({ name, reading }, index) =>
    "type" in reading ? [`${fieldOf(`t.${identifier(name)}`, reading, index)} AS ${identifier(name)}`] : [],
  );
  // A file needs a column: where none can be compared, this one still counts the rows.
  const list = fields.length === 0 ? "true AS `no comparable column`" : fields.join(", ");
  const query = `SELECT ${list} FROM ${place.from} AS t${place.final ? " FINAL" : ""} FORMAT Parquet`;
  try {
    const { stream, summary } = await server.reader.exec({ query });
    await pipeline(stream, createWriteStream(file));
    return { columns, rows: summary === undefined ? undefined : Number(summary.result_rows) };
  } catch (error) {
    const index = serverCode(error) === functionThrew ? notUtf8.exec(String(error))?.[1] : undefined;
    if (index === undefined) throw error;
    const again = columns.map((column, at) => (at === Number(index) ? { ...column, reading: bytesReading } : column));
    return download({ ...read, columns: again });
  }
}

function fieldOf(column: string, reading: Extract<Reading, { type: unknown }>, index: number): string {
  const sql = reading.sql(column);
  if (reading.type !== "text") return sql;
  return `if(throwIf(NOT isValidUTF8(ifNull(${sql}, '')), 'rehearse: column ${index} is not UTF-8') = 0, ${sql}, '')`;
}

function columnOf({ name, source, reading }: SourceColumn): Column {
  return { name, source, type: "type" in reading ? reading.type : reading };
}
