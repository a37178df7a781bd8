import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { drainStream, type ClickHouseSettings } from "@clickhouse/client";
import type { Restoration } from "@rehearse/dataset";
import { unrestorable } from "../unrestorable.ts";
import { plainReading } from "./document.ts";
import { identifier } from "./identifier.ts";
import { digestOf, planRestore, type PlannedColumn } from "./restore-plan.ts";
import { requestFailure, sayingOf, serverCode, type Server } from "./server.ts";
import { targetTable, type TargetTable } from "./target-table.ts";

// A table of the session's own: it goes with it, and nobody else sees it.
const staging = "`texts for Rehearse`";

const settings: ClickHouseSettings = {
  ...plainReading,
  // A bare \N alone is NULL: what is empty stays empty, and a column that cannot be NULL refuses it.
  input_format_csv_empty_as_default: 0,
  input_format_null_as_default: 0,
  // The quick way is off by the last digit.
  precise_float_parsing: 1,
  // A text stays a text where a Variant could take it for a number.
  cast_string_to_variant_use_inference: 0,
  // What merges drop counts when the table is read, not when it is filled.
  optimize_on_insert: 0,
};

interface Filling {
  readonly server: Server;
  readonly session: string;
  readonly table: string;
}

interface Planned {
  readonly target: TargetTable;
  readonly plan: readonly PlannedColumn[];
}

/** Replaces the rows of a table; see `EngineSession.restore`. */
export async function restore(server: Server, table: string, restoration: Restoration): Promise<number> {
  const filling = { server, session: randomUUID(), table };
  try {
    const target = await targetTable(server, table, restoration);
    const plan = planRestore({ table, target: target.columns, restored: restoration.columns });
    await stage(filling, restoration);
    await using undo = new AsyncDisposableStack();
    for (const view of target.views) {
      await run(filling, `DETACH TABLE ${view} SYNC`);
      undo.defer(() => run(filling, `ATTACH TABLE ${view}`));
    }
    await fill(filling, { target, plan, rows: restoration.rows });
    // Where it broke off, the server drops it when it has not heard of the session for a minute.
    await run(filling, `DROP TEMPORARY TABLE IF EXISTS ${staging}`);
    return restoration.rows;
  } catch (error) {
    throw requestFailure({
      code: "REFERENCE_INVALID",
      doing: `The reference of "${table}" cannot be restored`,
      hint: "Run the whole rehearsal instead of the one stage, or accept a reference that fits the table.",
      service: server.service,
      error,
    });
  }
}

/**
 * What a table of versions holds already stays below as superseded versions where it then reads right: so does a stage leave it that writes it again,
 * and only so is a reader caught that forgets FINAL. Else it is emptied before.
 */
async function fill(filling: Filling, request: Planned & { readonly rows: number }): Promise<void> {
  if (request.target.final && request.plan.length > 0) {
    await insert(filling, request);
    if (await holdsTheseRows(filling, request)) return;
  }
  await run(filling, `TRUNCATE TABLE ${request.target.from} SYNC`);
  await insert(filling, request);
  const lossy = await lossyColumn(filling, request);
  if (lossy !== undefined)
    throw unrestorable({ table: filling.table, reason: `column ${lossy.name} of the table does not keep its values exactly` });
}

async function run({ server, session }: Filling, query: string): Promise<void> {
  await server.writer.command({ query, session_id: session, clickhouse_settings: settings });
}

async function stage(filling: Filling, { file, columns, rows }: Restoration): Promise<void> {
  const { server, session, table } = filling;
  if (columns.length === 0) return;
  const list = columns.map((_, index) => `c${index} Nullable(String)`).join(", ");
  await run(filling, `CREATE TEMPORARY TABLE ${staging} (${list}) ENGINE = MergeTree ORDER BY tuple()`);
  const { stream } = await server.writer.exec({
    query: `INSERT INTO ${staging} FORMAT CSV`,
    values: createReadStream(file),
    session_id: session,
    clickhouse_settings: settings,
  });
  await drainStream(stream);
  const [arrived] = await answer(filling, `SELECT toString(count()) FROM ${staging}`);
  if (arrived !== String(rows)) throw unrestorable({ table, reason: `it has ${rows} rows, of which ${arrived ?? "none"} arrived` });
}

/** Fills the table; where that fails, says which column it was, if one alone is at fault. */
async function insert(filling: Filling, request: Planned & { readonly rows: number }): Promise<void> {
  try {
    await run(filling, insertion(request));
  } catch (error) {
    for (const { name, value } of request.plan)
      await run(filling, `SELECT ${value} FROM ${staging} FORMAT Null`).catch((cause: unknown) => {
        if (serverCode(cause) === null) throw cause;
        throw unrestorable({
          table: filling.table,
          reason: `column ${name} of the table does not take a value: ${sayingOf(cause)}`,
          cause,
        });
      });
    throw error;
  }
}

function insertion({ target, plan, rows }: Planned & { readonly rows: number }): string {
  // A table cannot be filled by no column: the first of those that are left gets its default.
  const first = target.columns.find(({ computed }) => !computed);
  if (plan.length === 0) {
    const into = first === undefined ? "" : `(${identifier(first.name)})`;
    return `INSERT INTO ${target.from} ${into} SELECT defaultValueOfTypeName('${(first?.type ?? "").replaceAll(/['\\]/g, "\\$&")}') FROM numbers(${rows})`;
  }
  return `INSERT INTO ${target.from} (${plan.map(({ name }) => identifier(name)).join(", ")}) SELECT ${plan.map(({ value }) => value).join(", ")} FROM ${staging}`;
}

/** The engine wraps numbers and moves days that are out of range: what is in the table now is compared with what was to go in. */
async function lossyColumn(filling: Filling, planned: Planned): Promise<PlannedColumn | undefined> {
  const { plan } = planned;
  if (plan.length === 0) return undefined;
  const { given, kept } = await bothDigests(filling, planned, (texts) => texts.map((text) => digestOf([text])));
  return plan.find((_, index) => given[index] !== kept[index]);
}

/** Whether the table reads as just the rows that were to go in: an older version may have won. */
async function holdsTheseRows(filling: Filling, planned: Planned): Promise<boolean> {
  const { given, kept } = await bothDigests(filling, planned, (texts) => ["toString(count())", digestOf(texts)]);
  return given.every((digest, index) => digest === kept[index]);
}

async function bothDigests(
  filling: Filling,
  { target, plan }: Planned,
  select: (texts: readonly string[]) => readonly string[],
): Promise<{ readonly given: readonly string[]; readonly kept: readonly string[] }> {
  const [given, kept] = [plan.map((column) => column.given), plan.map((column) => column.kept)];
  return {
    given: await answer(filling, `SELECT ${select(given).join(", ")} FROM ${staging}`),
    kept: await answer(filling, `SELECT ${select(kept).join(", ")} FROM ${target.from} AS kept${target.final ? " FINAL" : ""}`),
  };
}

/** The one row of a question. */
async function answer({ server, session }: Filling, query: string): Promise<readonly string[]> {
  const result = await server.writer.query({ query, format: "JSONCompactEachRow", session_id: session, clickhouse_settings: settings });
  const [row] = await result.json<string[]>();
  return row ?? [];
}
