import type { Grid, GridCell } from "../content/grid.ts";
import { plain } from "../content/phrase.ts";
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

/** A column's width, and that of the old and new sides of its changes, so that the arrows align. */
interface ColumnWidth {
  readonly all: number;
  readonly old: number;
}

const arrow = " → ";

function columnWidths(grid: Grid): ColumnWidth[] {
  return grid.columns.map(({ title }, index) => {
    const cells = grid.rows.map((row) => row[index]).filter((cell) => cell !== undefined);
    const old = Math.max(0, ...cells.map((cell) => (cell.kind === "change" ? textWidth(cell.pair.reference) : 0)));
    const values = cells.map((cell) =>
      cell.kind === "change" ? old + arrow.length + textWidth(cell.pair.current) : textWidth(cellText(cell)),
    );
    return { old, all: Math.max(textWidth(title), ...values) };
  });
}

function tableLines(grid: Grid, widths: readonly ColumnWidth[], paint: Paint): string[] {
  const line = (texts: readonly string[]): string => texts.join(gap).trimEnd();
  const head = grid.columns.map(({ title, align }, index) => paint("dim", padded(title, widths[index]?.all ?? 0, align)));
  const rows = grid.rows.map((row) =>
    row.map((cell, index) =>
      paintedCell(cell, { align: grid.columns[index]?.align ?? "left", ...(widths[index] ?? { all: 0, old: 0 }) }, paint),
    ),
  );
  return [line(head), ...rows.map((row, index) => line(row) + paint("dim", noteOf(grid.rows[index] ?? [])))];
}

function paintedCell(cell: GridCell, column: ColumnWidth & { readonly align: "left" | "right" }, paint: Paint): string {
  if (cell.kind !== "change") {
    const text = padded(cellText(cell), column.all, cell.kind === "delta" ? "right" : column.align);
    return cell.kind === "value" && cell.bare ? paint("dim", text) : text;
  }
  const newWidth = column.all - column.old - arrow.length;
  const old = padded(cell.pair.reference, column.old, column.align);
  return `${paint("bad", old)}${arrow}${paint("good", padded(cell.pair.current, newWidth, column.align))}`;
}

/** A row whose cells are too long for a table: its key on a line, then old above new. */
function stackedLines(grid: Grid, row: readonly GridCell[], { paint, width }: LineStyle): string[] {
  const titled = row.map((cell, index) => ({ cell, title: grid.columns[index]?.title ?? "" }));
  const named = titled
    .filter(({ cell }) => cell.kind === "value" || cell.kind === "words")
    .map(({ cell, title }) => `${title} = ${cellText(cell)}`);
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
  if (cell.kind === "words") return plain(cell.words);
  return cell.kind === "value" || cell.kind === "delta" ? cell.text : "";
}
