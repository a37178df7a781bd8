import { openSides, type Cell, type Column, type SidesRequest } from "../../src/index.ts";
import { storedColumns } from "../../src/types/canonical-type.ts";
import { toText } from "../../src/types/canonical-text.ts";
import type { TableWorkshop } from "./table-workshop.ts";

/** What `rehearse diff` sees in a file: the columns, and the canonical texts of those that are compared. */
export async function sideCells(
  { tables }: TableWorkshop,
  file: string,
  options: Partial<Pick<SidesRequest, "types" | "delimiter">> = {},
): Promise<{ columns: Record<string, Column["type"]>; rows: Cell[][] }> {
  const { reference } = await openSides({ tables, reference: file, current: file, types: {}, ...options });
  const stored = storedColumns(reference.columns);
  const texts = stored.map(({ type }, index) => toText(type, `(${reference.values[index]})`));
  const rows = texts.length === 0 ? [] : await tables.query(`SELECT ${texts.join(", ")} FROM ${reference.from}`, `reading ${file}`);
  if (texts.length > 0 && rows.length !== reference.rows)
    throw new Error(`${file} is said to have ${reference.rows} rows, and has ${rows.length}`);
  return { columns: Object.fromEntries(reference.columns.map(({ name, type }) => [name, type])), rows };
}
