import { createHash } from "node:crypto";
import type { DigestedTable } from "../engine.ts";
import { describedColumn, readingOf } from "./canonical.ts";
import { tablePlace } from "./place.ts";
import { readColumns } from "./read-columns.ts";
import { algorithm, rowTotals } from "./row-totals.ts";
import { requestFailure, type Server } from "./server.ts";

export interface DigestRequest {
  readonly table: string;
  /** Columns that do not count. */
  readonly ignore: readonly string[];
  /** Of tables of fewer rows none is made. */
  readonly fromRows: number;
  /** The server's own. */
  readonly version: string;
}

/** The digest of a table by its own server, as if its parts had been merged: see `Snapshot.digest`. */
export async function digest(server: Server, { table, ignore, fromRows, version }: DigestRequest): Promise<DigestedTable | null> {
  try {
    const place = await tablePlace(server, table);
    if (place.computed || (place.mostRows ?? Infinity) < fromRows) return null;
    const all = await readColumns(server, place.from);
    const counts = ({ name }: { readonly name: string }): boolean => !ignore.includes(name);
    const totals = await rowTotals(server, { ...place, columns: all.filter(counts) });
    const columns = all.map(({ name, type: source }) => describedColumn({ name, source, reading: readingOf(source) }));
    const shape = { columns, key: place.key, ...(place.final ? { read: "final" } : {}) };
    const facts = { ...shape, columns: columns.filter(counts), totals };
    const value = createHash("sha256").update(JSON.stringify(facts)).digest("hex");
    const rows = Number(totals.rows);
    if (rows < fromRows) return null;
    return { shape, digest: { ignore: [...new Set(ignore)].toSorted(), algorithm: `${algorithm}/${version}`, rows, value } };
  } catch (error) {
    const hint = "The server's message says what is wrong with the table.";
    throw requestFailure({ code: "QUERY_FAILED", doing: `The table "${table}" could not be read`, hint, service: server.service, error });
  }
}
