import { createHash } from "node:crypto";
import type { Digest } from "@rehearse/dataset";
import { readColumns } from "./read-columns.ts";
import { tablePlace } from "./place.ts";
import { algorithm, rowTotals } from "./row-totals.ts";
import { requestFailure, type Server } from "./server.ts";

export interface DigestRequest {
  readonly table: string;
  /** Columns that do not count. */
  readonly ignore: readonly string[];
  /** The server's own. */
  readonly version: string;
}

/** The digest of a table by its own server, as if its parts had been merged: see `EngineSession.digest`. */
export async function digest(server: Server, { table, ignore, version }: DigestRequest): Promise<Digest> {
  try {
    const place = await tablePlace(server, table);
    const columns = (await readColumns(server, place.from)).filter(({ name }) => !ignore.includes(name));
    const { rows, sum, xor } = await rowTotals(server, { ...place, columns });
    const facts = JSON.stringify([columns.map(({ name, type }) => [name, type]), rows, sum, xor]);
    return { algorithm: `${algorithm}/${version}`, rows: Number(rows), value: createHash("sha256").update(facts).digest("hex") };
  } catch (error) {
    const hint = "The server's message says what is wrong with the table.";
    throw requestFailure({ code: "QUERY_FAILED", doing: `The table "${table}" could not be read`, hint, service: server.service, error });
  }
}
