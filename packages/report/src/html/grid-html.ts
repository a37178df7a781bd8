import { blanksAfter } from "../content/decimal-point.ts";
import type { Grid, GridCell, GridColumn } from "../content/grid.ts";
import { html, nothing, phraseHtml, type Html } from "./html-text.ts";

const captions = {
  changed: "Changed rows",
  added: "Added rows",
  removed: "Removed rows",
  expected: "Rows that are not as expected",
  orphans: "Values that are missing",
  files: "Files",
  rules: "What is expected to differ",
} as const satisfies Record<Grid["kind"], string>;
const marks = { changed: "~", added: "+", removed: "−", expected: "✗", orphans: "✗", files: "", rules: "" } as const satisfies Record<
  Grid["kind"],
  string
>;

/** A grid as a table. A change takes two cells, old and new, so that both align. */
export function gridHtml(grid: Grid): Html {
  // Sentences side by side have no room in a narrow window: there they are one below the other, each with its title.
  const labelled = grid.kind === "rules";
  const changes = grid.columns.map((_, index) => grid.rows.some((row) => row[index]?.kind === "change"));
  const head = grid.columns.map(
    (column, index) =>
      html`<th scope="col" class="${side(column)}" ${changes[index] === true ? html` colspan="2"` : nothing}>${column.title}</th>`,
  );
  const rows = grid.rows.map(
    (row) =>
      html`<tr>
        ${row.map((cell, index) => cellHtml(cell, { column: grid.columns[index], change: changes[index] === true, labelled }))}
      </tr> `,
  );
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${captions[grid.kind]}">
      <table class="grid ${grid.kind}${labelled ? " stack" : ""}">
        <caption>
          <span class="sign">${marks[grid.kind]}</span>
          ${captions[grid.kind]}
        </caption>
        <thead>
          <tr>
            ${head}
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
    ${grid.more === "" ? nothing : html`<p class="dim more">${grid.more}</p>`}`;
}

interface CellPlace {
  readonly column: GridColumn | undefined;
  readonly change: boolean;
  readonly labelled: boolean;
}

function cellHtml(cell: GridCell, place: CellPlace): Html {
  const label = place.labelled ? html` data-label="${place.column?.title ?? ""}"` : nothing;
  const align = place.column === undefined ? "" : side(place.column);
  if (cell.kind === "change") {
    const { reference, current, note } = cell.pair;
    return html`<td class="old ${align}"><del${blanks(reference, place.column?.fractions.old)}>${fold(reference, current)}</del> <span class="to">→</span></td>
      <td class="new ${align}"><ins${blanks(current, place.column?.fractions.other)}>${fold(current, reference)}</ins>${note === "" ? nothing : html`<small>${note}</small>`}</td>`;
  }
  if (cell.kind === "blank") return place.change ? html`<td colspan="2"></td>` : html`<td></td>`;
  if (cell.kind === "words") return html`<td class="words" ${label}>${phraseHtml(cell.words)}</td>`;
  if (cell.kind === "delta") return html`<td class="right delta">${plainText(cell.text, place.column)}</td>`;
  return html`<td class="${align}" ${label}>
    ${cell.bare ? html`<span class="bare">${cell.text}</span>` : plainText(cell.text, place.column)}
  </td>`;
}

function plainText(text: string, column: GridColumn | undefined): Html {
  const after = blanks(text, column?.fractions.other);
  return after === nothing ? fold(text) : html`<span${after}>${text}</span>`;
}

/** The attribute that keeps room after a number whose fraction is shorter than the longest of its column. */
function blanks(text: string, longest = 0): Html {
  const wide = blanksAfter(text, longest);
  return wide === 0 ? nothing : html` style="padding-right:${wide}ch"`;
}

/** Long text may break anywhere, but not into a column of single letters. Where it differs from `other` it is marked. */
function fold(text: string, other = ""): Html {
  if (text.length <= longText) return html`${text}`;
  if (other.length <= longText) return html`<span class="long">${text}</span>`;
  const { before, differing, after } = middle(Array.from(text), Array.from(other));
  return html`<span class="long">${before}${differing === "" ? nothing : html`<b class="spot">${differing}</b>`}${after}</span>`;
}

const longText = 32;

/** Text in three parts, the first and last of which `other` has as well. */
function middle(text: readonly string[], other: readonly string[]): { before: string; differing: string; after: string } {
  const shortest = Math.min(text.length, other.length);
  let head = 0;
  while (head < shortest && text[head] === other[head]) head += 1;
  let tail = 0;
  while (tail < shortest - head && text.at(-1 - tail) === other.at(-1 - tail)) tail += 1;
  const end = text.length - tail;
  return { before: text.slice(0, head).join(""), differing: text.slice(head, end).join(""), after: text.slice(end).join("") };
}

function side(column: GridColumn): string {
  return column.align === "right" ? "right" : "";
}
