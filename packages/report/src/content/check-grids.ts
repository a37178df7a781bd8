import type { Check } from "@rehearse/rehearsal";
import { count, signed } from "./amounts.ts";
import { assertionGrids } from "./assertion-grids.ts";
import { showCell, showPair, type Cell } from "./cell-text.ts";
import { alignedGrid, type Grid, type GridCell, type GridSize } from "./grid.ts";
import { visibleName } from "./visible-text.ts";

type Detail<Kind> = Extract<NonNullable<Check["detail"]>, { kind: Kind }>;
type Changed = Detail<"diff">["examples"]["changed"][number];

/** More changed columns than this are listed one below the other. */
const wideColumns = 4;

/** The tables that show what a check found, the changed rows first. Empty where there are no rows to show. */
export function checkGrids(check: Check, size: GridSize): Grid[] {
  if (check.kind === "assert") return assertionGrids(check, size);
  if (check.detail?.kind !== "diff") return [];
  const { examples } = check.detail;
  const grids = [
    changedGrid(check, check.detail, size),
    rowsGrid({ kind: "added", titles: examples.fields, rows: examples.added, total: check.counts?.added ?? 0 }, size),
    rowsGrid({ kind: "removed", titles: examples.fields, rows: examples.removed, total: check.counts?.removed ?? 0 }, size),
  ];
  return grids.filter(({ rows }) => rows.length > 0);
}

function changedGrid(check: Check, detail: Detail<"diff">, size: GridSize): Grid {
  const rows = detail.examples.changed.slice(0, size.rows);
  const cells = rows.flatMap((row) => row.cells);
  const found = new Set(cells.map(({ column }) => column));
  const changed = [...new Set([...detail.columns.map(({ name }) => name), ...found])].filter((name) => found.has(name));
  const numeric = new Set(cells.filter(({ delta }) => delta !== null).map(({ column }) => column));
  const table = { rows, changed, numeric, size, key: detail.matching.columns };
  const drawn = changed.length > wideColumns ? longRows(table) : { ...wideRows(table), hidden: 0 };
  const more = [
    { number: drawn.hidden, noun: "changed cell" },
    { number: (check.counts?.changed ?? 0) - rows.length, noun: "changed row" },
  ];
  return alignedGrid({ kind: "changed", titles: drawn.titles, rows: drawn.rows, more: moreOf(more) });
}

interface ChangedTable {
  readonly rows: readonly Changed[];
  readonly changed: readonly string[];
  readonly numeric: ReadonlySet<string>;
  readonly size: GridSize;
  readonly key: readonly string[];
}

/** A row of the table for each row, a column for each changed column, and its delta beside it. */
function wideRows(table: ChangedTable): Pick<Grid, "rows"> & { titles: string[] } {
  const columns = table.changed.map((name) => ({ name, deltas: table.numeric.has(name) }));
  return {
    titles: [
      ...table.key.map(visibleName),
      ...columns.flatMap(({ name, deltas }) => (deltas ? [visibleName(name), "Δ"] : [visibleName(name)])),
    ],
    rows: table.rows.map((row) => [
      ...keyCells(row, table),
      ...columns.flatMap(({ name, deltas }) => {
        const cell = row.cells.find(({ column }) => column === name);
        return deltas ? [changeCell(cell, table), deltaCell(cell)] : [changeCell(cell, table)];
      }),
    ]),
  };
}

/** A row of the table for each changed cell, named by key and column; `hidden` cells are too many. */
function longRows(table: ChangedTable): Pick<Grid, "rows"> & { titles: string[]; hidden: number } {
  return {
    hidden: table.rows.reduce((sum, { cells }) => sum + Math.max(0, cells.length - table.size.columns), 0),
    titles: [...table.key.map(visibleName), "column", "reference → current", ...(table.numeric.size > 0 ? ["Δ"] : [])],
    rows: table.rows.flatMap((row) =>
      row.cells
        .slice(0, table.size.columns)
        .map((cell) => [
          ...keyCells(row, table),
          { kind: "value", text: visibleName(cell.column), bare: false } as const,
          changeCell(cell, table),
          ...(table.numeric.size > 0 ? [deltaCell(cell)] : []),
        ]),
    ),
  };
}

function rowsGrid(
  part: { kind: "added" | "removed"; titles: readonly string[]; rows: readonly (readonly Cell[])[]; total: number },
  size: GridSize,
): Grid {
  const rows = part.rows.slice(0, size.rows);
  return alignedGrid({
    kind: part.kind,
    titles: part.titles.slice(0, size.columns).map(visibleName),
    rows: rows.map((row) => row.slice(0, size.columns).map((cell) => valueCell(cell, size))),
    more: moreOf([
      { number: part.titles.length - size.columns, noun: "column" },
      { number: part.total - rows.length, noun: `${part.kind} row` },
    ]),
  });
}

function keyCells(row: Changed, table: ChangedTable): GridCell[] {
  return row.key.map((cell) => valueCell(cell, table.size));
}

function valueCell(cell: Cell, size: GridSize): GridCell {
  return { kind: "value", text: showCell(cell, { numeric: false, limit: size.cell }), bare: cell === null };
}

function changeCell(cell: Changed["cells"][number] | undefined, table: ChangedTable): GridCell {
  if (cell === undefined) return { kind: "blank" };
  return { kind: "change", pair: showPair(cell, { numeric: table.numeric.has(cell.column), limit: table.size.cell }) };
}

function deltaCell(cell: Changed["cells"][number] | undefined): GridCell {
  return cell?.delta === null || cell === undefined ? { kind: "blank" } : { kind: "delta", text: visibleName(signed(cell.delta)) };
}

function moreOf(parts: readonly { readonly number: number; readonly noun: string }[]): string {
  const said = parts
    .filter(({ number }) => number > 0)
    .map(({ number, noun }) => `${count(number)} more ${noun}${number === 1 ? "" : "s"}`);
  return said.length === 0 ? "" : `… and ${said.join(", ")}`;
}
