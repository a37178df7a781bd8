import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { drainStream, type ClickHouseSettings } from "@clickhouse/client";
import { RehearseError } from "@rehearse/errors";
import type { SeedInput } from "../engine.ts";
import { qualified, tableNamed } from "./identifier.ts";
import { jsonText } from "../json-text.ts";
import { nearColumn } from "./near-column.ts";
import { requestFailure, type Server } from "./server.ts";
import { splitStatements } from "./split-statements.ts";

type Script = Extract<SeedInput, { kind: "script" }>;
type Rows = Extract<SeedInput, { kind: "rows" }>;

/** Puts a seed in; resolves to the number of rows, or of statements for a script. SEED_FAILED where the server refuses it. */
export async function load(server: Server, seed: SeedInput): Promise<number> {
  return seed.kind === "script" ? loadScript(server, seed) : loadRows(server, seed);
}

/** HTTP takes one statement a request; one session keeps `SET` and temporary tables between them. */
async function loadScript({ service, writer }: Server, { name, text }: Script): Promise<number> {
  const statements = splitStatements(text);
  if ("unclosed" in statements) {
    throw new RehearseError({
      code: "SEED_FAILED",
      message: `The seed "${name}" has a ${statements.unclosed} that begins on line ${statements.line} and never ends`,
      hint: "Close it. Rows that are not SQL, such as CSV after FORMAT, belong in a seed of rows.",
    });
  }
  const session = randomUUID();
  for (const [index, statement] of statements.entries()) {
    try {
      await writer.command({ query: statement.text, session_id: session });
    } catch (error) {
      const doing = `The seed "${name}" failed at line ${statement.line} (statement ${index + 1} of ${statements.length})`;
      throw requestFailure({ code: "SEED_FAILED", doing, hint: "Mend the statement in the seed.", service, error });
    }
  }
  return statements.length;
}

const rowSettings: ClickHouseSettings = {
  date_time_input_format: "best_effort",
  input_format_skip_unknown_fields: 0,
  // What a document says as text stays text: the engine would make dates of what looks like them.
  input_format_try_infer_dates: 0,
  input_format_try_infer_datetimes: 0,
};

const chunkCharacters = 64 * 1024;

/** Sends rows as a few large pieces of text: the engine reads those ten times faster than a piece a row. */
async function loadRows(server: Server, { name, table, rows }: Rows): Promise<number> {
  const { service, writer } = server;
  let count = 0;
  let sourceError: { readonly error: unknown } | undefined;
  async function* chunks(): AsyncGenerator<string> {
    let chunk = "";
    try {
      for await (const row of rows) {
        count += 1;
        chunk += `${jsonText(row)}\n`;
        if (chunk.length < chunkCharacters) continue;
        yield chunk;
        chunk = "";
      }
    } catch (error) {
      sourceError = { error };
      throw error;
    }
    yield chunk;
  }
  try {
    const result = await writer.exec({
      query: `INSERT INTO ${qualified(tableNamed(table, service))} FORMAT JSONEachRow`,
      values: Readable.from(chunks(), { objectMode: false }),
      clickhouse_settings: rowSettings,
    });
    await drainStream(result.stream);
  } catch (error) {
    // The rows' own source failed: that is the story, not the request it broke off.
    if (sourceError !== undefined) throw sourceError.error;
    const hint = "Mend the rows, or the table: every field needs a column, and the table must be there before the seed (`after:`).";
    const doing = `The seed "${name}" could not be put into "${table}"`;
    const failure = requestFailure({ code: "SEED_FAILED", doing, hint, service, error });
    throw failure.as({ message: failure.message + (await nearColumn(error, { table, server })) });
  }
  return count;
}
