import type { Grid, GridCell } from "../content/grid.ts";
import { code, phrase, value } from "./escape-markdown.ts";

/** A table of Markdown: a row of titles, a row of alignments, the rows. */
export interface MarkdownTable {
  readonly titles: readonly string[];
  readonly align: readonly ("left" | "right")[];
  readonly rows: readonly (readonly string[])[];
}

/** A table as text. Its cells must be Markdown already. */
export function markdownTable({ titles, align, rows }: MarkdownTable): string {
  return [markdownRow(titles), `|${align.map((side) => (side === "right" ? "--:" : "---")).join("|")}|`, ...rows.map(markdownRow)].join(
    "\n",
  );
}

/** A row of a table. */
export function markdownRow(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

const captions = {
  changed: "",
  added: "**+** added",
  removed: "**−** removed",
  expected: "",
  orphans: "",
  files: "",
  rules: "",
} as const satisfies Record<Grid["kind"], string>;

/** Titles that are words of ours, unless a column has one of them for its name. */
const ownTitles = new Set([
  "Δ",
  "row",
  "expected",
  "got",
  "before",
  "after",
  "value",
  "file",
  "bytes",
  "sha256",
  "column",
  "reference → current",
  "reason",
  "owner",
  "until",
  "columns",
  "where",
  "covers",
]);

/** A grid as Markdown, with what it does not show below it. */
export function gridMarkdown(grid: Grid): string {
  const table = markdownTable({
    titles: grid.columns.map(({ title }) => (ownTitles.has(title) ? title : code(title))),
    align: grid.columns.map(({ align }) => align),
    rows: grid.rows.map((row) => row.map(cellMarkdown)),
  });
  return [captions[grid.kind], table, grid.more].filter((part) => part !== "").join("\n\n");
}

function cellMarkdown(cell: GridCell): string {
  if (cell.kind === "blank") return "";
  if (cell.kind === "words") return phrase(cell.words);
  if (cell.kind === "delta") return value(cell.text);
  if (cell.kind === "value") return cell.bare ? cell.text : value(cell.text);
  const { reference, current, note } = cell.pair;
  return `~~${value(reference)}~~ **${value(current)}**${note === "" ? "" : ` (${note})`}`;
}
