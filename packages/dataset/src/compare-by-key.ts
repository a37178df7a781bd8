import { toText } from "./canonical-text.ts";
import type { ComparedColumn } from "./compared-columns.ts";
import { sideRows } from "./compared-side.ts";
import type { Cell, ChangedRow } from "./comparison.ts";
import type { Dataset } from "./dataset.ts";
import { exactDelta } from "./exact-delta.ts";
import type { RowDifferences } from "./row-differences.ts";
import { differs, identityOf, orderOf } from "./row-order.ts";
import type { Tables } from "./tables.ts";

/** Two sides whose key is unique and never NULL on each of them. */
export interface KeyedRows {
  readonly tables: Tables;
  readonly reference: Dataset;
  readonly current: Dataset;
  readonly columns: readonly ComparedColumn[];
  readonly key: readonly string[];
  /** How many examples of each kind to read. */
  readonly examples: number;
}

/** Joins the two sides by key: a row of one side only is added or removed, a row of both is compared cell by cell. */
export async function compareByKey(rows: KeyedRows): Promise<RowDifferences> {
  const plan = planJoin(rows);
  const doing = `comparing ${rows.current.directory} with its reference`;
  const [counts = []] = await rows.tables.query(plan.counts, doing);
  const [added = 0, removed = 0, changed = 0, ...perColumn] = counts.map(Number);
  const columns = plan.values
    .map(({ name }, index) => ({ name, changed: perColumn[index] ?? 0 }))
    .filter((column) => column.changed > 0)
    .toSorted((a, b) => b.changed - a.changed);
  const examples = {
    added: added === 0 ? [] : await rows.tables.query(plan.added, doing),
    removed: removed === 0 ? [] : await rows.tables.query(plan.removed, doing),
    changed: changed === 0 ? [] : (await rows.tables.query(plan.changed, doing)).map((cells) => changedRow(rows, cells)),
  };
  return { added, removed, changed, columns, examples };
}

/** A column of the comparison and its number there. */
interface Numbered extends ComparedColumn {
  readonly index: number;
}

/** The statements of a comparison by key. */
function planJoin(rows: KeyedRows) {
  const columns: Numbered[] = rows.columns.map((column, index) => ({ ...column, index }));
  const key = keyColumns(rows, columns);
  const values = columns.filter((column) => !key.includes(column));
  const [reference, current] = (["reference", "current"] as const).map((side) =>
    sideRows({ dataset: rows[side], side, columns: rows.columns }),
  );
  const on = key.map(({ type, index }) => `${identityOf(type, `r.v${index}`)} = ${identityOf(type, `c.v${index}`)}`).join(" AND ");
  const cells = (side: "r" | "c", of: readonly Numbered[]) => of.map(({ type, index }) => toText(type, `${side}.v${index}`));
  const firstByKey = (side: "r" | "c") =>
    `ORDER BY ${key.flatMap(({ type, index }) => orderOf(type, `${side}.v${index}`)).join(", ")} LIMIT ${rows.examples}`;
  const differences = values.map(({ type, index }) => differs(type, [`r.v${index}`, `c.v${index}`]));
  // Not a chain of ORs: DuckDB limits how deep an expression may be, and a table may have more columns than that.
  const anyDiffers = differences.length === 0 ? "false" : `greatest(${differences.join(", ")}, false)`;
  return {
    values,
    counts: `SELECT count(*) FILTER (in_reference IS NULL), count(*) FILTER (in_current IS NULL), count(*) FILTER (matched AND changed)${values.map((_, at) => `, count(*) FILTER (matched AND d${at})`).join("")}
      FROM (SELECT r.here AS in_reference, c.here AS in_current, r.here AND c.here AS matched, ${anyDiffers} AS changed${differences.map((difference, at) => `, ${difference} AS d${at}`).join("")}
        FROM ${reference} AS r FULL JOIN ${current} AS c ON ${on})`,
    added: `SELECT ${cells("c", columns).join(", ")} FROM ${current} AS c ANTI JOIN ${reference} AS r ON ${on} ${firstByKey("c")}`,
    removed: `SELECT ${cells("r", columns).join(", ")} FROM ${reference} AS r ANTI JOIN ${current} AS c ON ${on} ${firstByKey("r")}`,
    changed: `SELECT ${[...cells("c", key), ...values.flatMap((value, at) => [`${differences[at]}`, ...cells("r", [value]), ...cells("c", [value])])].join(", ")}
      FROM ${reference} AS r JOIN ${current} AS c ON ${on} WHERE ${anyDiffers} ${firstByKey("c")}`,
  };
}

function keyColumns<C extends ComparedColumn>({ key }: KeyedRows, columns: readonly C[]): C[] {
  return key.flatMap((name) => columns.filter((column) => column.name === name));
}

/** From a row of the statement `changed`: the key's cells, then for each other column whether it differs and both cells. */
function changedRow(rows: KeyedRows, cells: readonly Cell[]): ChangedRow {
  const key = keyColumns(rows, rows.columns);
  const values = rows.columns.filter((column) => !key.includes(column));
  return {
    key: cells.slice(0, key.length),
    cells: values.flatMap(({ name, type }, index) => {
      const [different, reference = null, current = null] = cells.slice(key.length + 3 * index);
      return different === "true" ? [{ column: name, reference, current, delta: exactDelta(type, { reference, current }) }] : [];
    }),
  };
}
