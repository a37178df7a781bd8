import type { Extraction } from "@rehearse/dataset";
import { RehearseError } from "@rehearse/errors";
import type { DatasetSource } from "../engine.ts";
import { saveStream } from "../save-stream.ts";
import { describedColumn, readingOf, type Comparable, type Reading } from "./canonical.ts";
import { guarded, plainReading } from "./document.ts";
import { columnOf, identifier, sourceAlias } from "./identifier.ts";
import { queryPlace, tablePlace, type Place } from "./place.ts";
import { readColumns } from "./read-columns.ts";
import { requestFailure, serverCode, type Server } from "./server.ts";

interface SourceColumn {
  readonly name: string;
  readonly source: string;
  readonly reading: Reading;
}

/** Reads a table or query into `file` as Parquet; see `EngineSession.extract`. */
export async function extract({ server, source, file }: { server: Server; source: DatasetSource; file: string }): Promise<Extraction> {
  const named = "table" in source ? `The table "${source.table}"` : `A query of the service "${server.service}"`;
  try {
    const place = "table" in source ? await tablePlace(server, source.table) : await queryPlace(server, source.query);
    const { columns, rows } = await download({ server, place, columns: await describe(server, place), file });
    return {
      format: "parquet",
      file,
      columns: columns.map(describedColumn),
      rows,
      key: place.key,
      ...(place.final ? { read: "final" } : {}),
    };
  } catch (error) {
    const hint = "table" in source ? "The server's message says what is wrong with the table." : "Mend the query.";
    throw requestFailure({ code: "QUERY_FAILED", doing: `${named} could not be read`, hint, service: server.service, error });
  }
}

async function describe(server: Server, { from }: Place): Promise<SourceColumn[]> {
  const columns = await readColumns(server, from);
  const twice = columns.find(({ name }, index) => columns.findIndex((other) => other.name === name) !== index);
  if (twice !== undefined) {
    throw new RehearseError({
      code: "QUERY_FAILED",
      message: `A query of the service "${server.service}" has two columns named "${twice.name}"`,
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
    "type" in reading ? [`${fieldOf(columnOf(name), reading, index)} AS ${identifier(name)}`] : [],
  );
  // A file needs a column: where none can be compared, this one still counts the rows.
  const list = fields.length === 0 ? "true AS `no comparable column`" : fields.join(", ");
  const documents = columns.some(({ reading }) => "type" in reading && reading.type.includes("json"));
  const from = documents && place.computed ? await guarded(server, place.from) : place.from;
  const query = `SELECT ${list} FROM ${from} AS ${sourceAlias}${place.final ? " FINAL" : ""} FORMAT Parquet`;
  try {
    const { stream, summary } = await server.reader.exec({ query, clickhouse_settings: documents ? plainReading : {} });
    await saveStream(stream, file);
    return { columns, rows: summary === undefined ? undefined : Number(summary.result_rows) };
  } catch (error) {
    const index = serverCode(error) === functionThrew ? notUtf8.exec(String(error))?.[1] : undefined;
    if (index === undefined) throw error;
    const again = columns.map((column, at) =>
      at === Number(index) ? { ...column, reading: readingOf(column.source, { binary: true, depth: 0 }) } : column,
    );
    return download({ ...read, columns: again });
  }
}

function fieldOf(column: string, { type, text, parquet, composite }: Comparable, index: number): string {
  const value = (parquet ?? text)(column);
  // What else is text is made of letters that the engine knows.
  if (type !== "text" && composite !== true) return value;
  return `if(throwIf(NOT isValidUTF8(ifNull(${value}, '')), 'rehearse: column ${index} is not UTF-8') = 0, ${value}, '')`;
}
