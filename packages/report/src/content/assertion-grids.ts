import type { Check } from "@rehearse/rehearsal";
import { count, plural } from "./amounts.ts";
import { showCell, showPair, type Cell } from "./cell-text.ts";
import { alignedGrid, type Grid, type GridCell, type GridSize } from "./grid.ts";
import { visible } from "./visible-text.ts";

type Detail = NonNullable<Check["detail"]>;
type QueryDetail = Extract<Detail, { kind: "assert" }>;

/** The tables that show why an assertion does not hold. Empty where there is nothing to show beside its words. */
export function assertionGrids({ verdict, reason, detail }: Check, size: GridSize): Grid[] {
  if (detail === null || verdict !== "failed") return [];
  // Without an answer there is nothing to set beside what was expected.
  const answered = detail.kind !== "assert" || detail.claim !== "equals" || reason === "";
  const grid = answered ? gridOf(detail, size) : null;
  return grid === null || grid.rows.length === 0 ? [] : [grid];
}

function gridOf(detail: Detail, size: GridSize): Grid | null {
  if (detail.kind === "assert") return answerGrid(detail, size);
  if (detail.kind === "orphans") {
    const values = detail.examples.slice(0, size.rows).map((value) => [text(showCell(value, { numeric: false, limit: size.cell }))]);
    return alignedGrid({ kind: "orphans", titles: ["value"], rows: values, more: "" });
  }
  if (detail.kind !== "files") return null;
  const files = detail.files.slice(0, size.rows);
  const more = detail.more + detail.files.length - files.length;
  return alignedGrid({
    kind: "files",
    titles: ["file", "bytes", "sha256"],
    rows: files.map(({ path, bytes, sha256 }) => [text(visible(path)), text(count(bytes)), text(visible(sha256))]),
    more: more === 0 ? "" : `… and ${plural(more, "more file")}`,
  });
}

function text(shown: string): GridCell {
  return { kind: "value", text: shown, bare: false };
}

/** Expected and got rows side by side, by position, only where they are not alike. */
function answerGrid(detail: QueryDetail, size: GridSize): Grid {
  const positions = Array.from({ length: Math.max(detail.expected.length, detail.got.length) }, (_, index) => index);
  const unlike = positions.filter((at) => JSON.stringify(detail.expected[at]) !== JSON.stringify(detail.got[at]));
  const shown = unlike.slice(0, size.rows);
  const rest = [
    { number: unlike.length - shown.length, words: "unlike" },
    { number: positions.length - unlike.length, words: "alike" },
    { number: detail.more, words: "that the query gave beyond these" },
  ].filter(({ number }) => number > 0);
  return alignedGrid({
    kind: "expected",
    titles: ["row", ...(detail.claim === "invariant" ? ["before", "after"] : ["expected", "got"])],
    rows: shown.map((at) => answerRow(at, detail, size)),
    more: rest.length === 0 ? "" : `… and ${rest.map(({ number, words }) => `${plural(number, "row")} ${words}`).join(", ")}`,
  });
}

function answerRow(at: number, detail: QueryDetail, size: GridSize): GridCell[] {
  const [expected, got] = [detail.expected[at], detail.got[at]];
  const width = Math.max(expected?.length ?? 0, got?.length ?? 0);
  const style = { numeric: false, limit: size.cell };
  const show = (row: readonly Cell[] | undefined, side: "reference" | "current"): string => {
    if (row === undefined) return "no row";
    const cells = row.map((cell, index) => {
      const [reference, current] = [expected?.[index], got?.[index]];
      if (reference === undefined || current === undefined || reference === current) return showCell(cell, style);
      const pair = showPair({ reference, current }, style);
      return pair.note === "" ? pair[side] : `${pair[side]} (${pair.note})`;
    });
    return width === 1 ? cells.join("") : `[${cells.join(", ")}]`;
  };
  const side = (row: readonly Cell[] | undefined, name: "reference" | "current"): GridCell => ({
    kind: "value",
    text: show(row, name),
    bare: row === undefined,
  });
  return [{ kind: "value", text: String(at + 1), bare: false }, side(expected, "reference"), side(got, "current")];
}
