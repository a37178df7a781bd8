import type { Report } from "@rehearse/rehearsal";
import { clipMiddle } from "../content/visible-text.ts";
import { html, nothing, type Html } from "./html-text.ts";
import { pipelineGraph, type PipelineNode } from "./pipeline-graph.ts";
import { metrics, pipelineLayout, type Arrow, type Box, type Point, type Stretch } from "./pipeline-layout.ts";

/** The pipeline as a drawing: stages with the datasets they write, arrows from what is written to who reads it. */
export function pipelineSvg(report: Report): Html {
  const graph = pipelineGraph(report);
  const layout = pipelineLayout(graph);
  const label = clipMiddle(
    `Pipeline. ${graph.nodes
      .filter(({ sign }) => sign !== null)
      .map(spoken)
      .join("; ")}`,
    2000,
  );
  const style = `max-width:${String(layout.width)}px;min-width:${String(Math.round(layout.width * 0.86))}px`;
  return html`<svg viewBox="0 0 ${layout.width} ${layout.height}" style="${style}" role="img" aria-label="${label}">
    <defs>
      <marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
        <path d="M0 0L8 4L0 8z" />
      </marker>
    </defs>
    ${layout.arrows.map(arrow)}${layout.boxes.map(box)}
  </svg>`;
}

function spoken(node: PipelineNode): string {
  const writes = node.rows
    .filter(({ sign }) => sign !== null)
    .map(({ title, text, sign }) => `${title} ${sign?.mark ?? ""} ${text}`)
    .join(", ");
  return `${node.title} ${node.sign.mark}${node.starts ? " starts here" : ""}${writes === "" ? "" : `, writes ${writes}`}`;
}

function arrow({ edge, stretches }: Arrow): Html {
  const [first] = stretches;
  if (first === undefined) return nothing;
  const path = `M${point(first.from)}${stretches.map(stretchPath).join("")}`;
  return html`<path class="arrow ${edge.tone ?? "order"}" d="${path}" marker-end="url(#tip)" />`;
}

function stretchPath({ kind, from, to, turn }: Stretch): string {
  if (kind === "along") return `L${point(to)}`;
  if (kind === "over") {
    const half = (from.x + to.x) / 2;
    return `C${String(half)} ${String(from.y)} ${String(half)} ${String(to.y)} ${point(to)}`;
  }
  // Out to the right, down between the bands, back to the left margin, and in; each corner is rounded by 8.
  const [right, left] = [from.x + 14, to.x - 14];
  return `H${String(right - 8)}q8 0 8 8V${String(turn - 8)}q0 8 -8 8H${String(left + 8)}q-8 0 -8 8V${String(to.y - 8)}q0 8 8 8H${String(to.x)}`;
}

function point({ x, y }: Point): string {
  return `${String(x)} ${String(y)}`;
}

function box({ node, x, y, width, height }: Box): Html {
  const badge = node.starts ? html`<text class="badge" x="${x + 2}" y="${y - 8}">it starts here</text>` : nothing;
  const rows = node.rows.map((row, index) => {
    const base = y + metrics.head + metrics.row * index + 16;
    const [tone, mark] = row.sign === null ? ["dim", "←"] : [row.sign.tone, row.sign.mark];
    return html`<text class="mark ${tone}" x="${x + 14}" y="${base}">${mark}</text
      ><text class="name${row.sign === null ? " dim" : ""}" x="${x + 32}" y="${base}">${row.title}</text
      ><text class="number ${row.sign?.tone ?? "dim"}" x="${x + width - 14}" y="${base}">${row.text}</text>`;
  });
  const rule = node.rows.length === 0 ? nothing : html`<path class="rule" d="M${x} ${y + metrics.head - 2}h${width}" />`;
  return html`<g class="box ${node.ran ? node.sign.tone : "idle"}${node.starts ? " starts" : ""}"
    >${badge}<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="10" />${rule}<text
      class="mark ${node.sign.tone}"
      x="${x + 14}"
      y="${y + 21}"
      >${node.sign.mark}</text
    ><text class="title" x="${x + 32}" y="${y + 21}">${node.title}</text
    ><text class="dim" x="${x + 32}" y="${y + 38}">${node.subtitle}</text>${rows}</g
  > `;
}
