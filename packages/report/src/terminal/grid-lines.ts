import { blanksAfter } from "../content/decimal-point.ts";
import type { Grid, GridCell, GridColumn } from "../content/grid.ts";
import type { Paint } from "./paint.ts";
import { padded, textWidth, wrapped } from "../content/text-width.ts";

interface LineStyle {
  readonly paint: Paint;
  readonly width: number;
}

const captions = {
  changed: "",
  added: "+ added",
  removed: "− removed",
  expected: "",
  orphans: "",
  files: "",
  rules: "",
} as const satisfies Record<Grid["kind"], string>;
const gap = "  ";

/** A grid as lines of at most `width` columns: a table where it fits, else the cells of each row one below the other. */
export function gridLines(grid: Grid, style: LineStyle): string[] {
  const caption = captions[grid.kind];
  const widths = columnWidths(grid);
  const notes = Math.max(0, ...grid.rows.map((row) => textWidth(noteOf(row))));
  const total = widths.reduce((sum, { all }) => sum + all, gap.length * (widths.length - 1)) + notes;
  return [
    ...(caption === "" ? [] : [style.paint(grid.kind === "added" ? "good" : "bad", caption)]),
    ...(total <= style.width ? tableLines(grid, widths, style.paint) : grid.rows.flatMap((row) => stackedLines(grid, row, style))),
    ...(grid.more === "" ? [] : wrapped(grid.more, style.width).map((line) => style.paint("dim", line))),
  ];
}

/** A column with its width, and that of the old and new sides of its changes, so that the arrows align. */
interface ColumnWidth extends GridColumn {
  readonly all: number;
  readonly old: number;
}

const arrow = " → ";

function columnWidths(grid: Grid): ColumnWidth[] {
  return grid.columns.map((column, index) => {
    const cells = grid.rows.map((row) => row[index]).filter((cell) => cell !== undefined);
    const old = Math.max(
      0,
      ...cells.map((cell) => (cell.kind === "change" ? textWidth(pointed(cell.pair.reference, column.fractions.old)) : 0)),
    );
    const values = cells.map((cell) =>
      cell.kind === "change"
        ? old + arrow.length + textWidth(pointed(cell.pair.current, column.fractions.other))
        : textWidth(pointed(cellText(cell), column.fractions.other)),
    );
    return { ...column, old, all: Math.max(textWidth(column.title), ...values) };
  });
}

function tableLines(grid: Grid, widths: readonly ColumnWidth[], paint: Paint): string[] {
  const line = (texts: readonly string[], note = ""): string => (texts.join(gap) + note).trimEnd();
  const head = widths.map(({ title, align, all }) => paint("dim", padded(title, all, align)));
  const rows = grid.rows.map((row) =>
    row.flatMap((cell, index) => {
      const column = widths[index];
      return column === undefined ? [] : [paintedCell(cell, column, paint)];
    }),
  );
  return [line(head), ...rows.map((row, index) => line(row, paint("dim", noteOf(grid.rows[index] ?? []))))];
}

function paintedCell(cell: GridCell, column: ColumnWidth, paint: Paint): string {
  if (cell.kind !== "change") {
    const text = padded(pointed(cellText(cell), column.fractions.other), column.all, cell.kind === "delta" ? "right" : column.align);
    return cell.kind === "value" && cell.bare ? paint("dim", text) : text;
  }
  const newWidth = column.all - column.old - arrow.length;
  const old = padded(pointed(cell.pair.reference, column.fractions.old), column.old, column.align);
  return `${paint("bad", old)}${arrow}${paint("good", padded(pointed(cell.pair.current, column.fractions.other), newWidth, column.align))}`;
}

/** A number with blanks after it, so that the points of its column stand below each other. */
function pointed(text: string, longest: number): string {
  return text + " ".repeat(blanksAfter(text, longest));
}

/** A row whose cells are too long for a table: its key on a line, then old above new. */
function stackedLines(grid: Grid, row: readonly GridCell[], { paint, width }: LineStyle): string[] {
  const titled = row.map((cell, index) => ({ cell, title: grid.columns[index]?.title ?? "" }));
  const named = titled.filter(({ cell }) => cell.kind === "value").map(({ cell, title }) => `${title} = ${cellText(cell)}`);
  const changes = titled.flatMap(({ cell, title }, index) => {
    if (cell.kind !== "change") return [];
    const delta = titled[index + 1]?.cell;
    const sides = [
      ...wrapped(`− ${cell.pair.reference}`, width - 4).map((line) => `    ${paint("bad", line)}`),
      ...wrapped(`+ ${cell.pair.current}${noteOf([cell])}`, width - 4).map((line) => `    ${paint("good", line)}`),
    ];
    return [
      ...wrapped(delta?.kind === "delta" ? `${title}  ${delta.text}` : title, width - 2).map((line) => `  ${paint("dim", line)}`),
      ...sides,
    ];
  });
  return [...wrapped(named.join(", "), width), ...changes];
}

/** What differs where both sides of a change look the same, to stand behind the row. */
function noteOf(row: readonly GridCell[]): string {
  return row.map((cell) => (cell.kind === "change" && cell.pair.note !== "" ? `${gap}(${cell.pair.note})` : "")).join("");
}

function cellText(cell: GridCell): string {
  return cell.kind === "value" || cell.kind === "delta" ? cell.text : "";
}
