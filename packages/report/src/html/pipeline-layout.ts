import { textWidth } from "../content/text-width.ts";
import type { PipelineEdge, PipelineGraph, PipelineNode } from "./pipeline-graph.ts";
import { layered, type Layering, type Place } from "./pipeline-layers.ts";

/** A box with its place and size in pixels. */
export interface Box {
  readonly node: PipelineNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A stretch of an arrow: `over` leads to the next column, `along` runs straight through one, `around` goes on at the left of the next band, `turn` being the height at which it crosses over. */
export interface Stretch {
  readonly kind: "over" | "along" | "around";
  readonly from: Point;
  readonly to: Point;
  readonly turn: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Arrow {
  readonly edge: PipelineEdge;
  readonly stretches: readonly Stretch[];
}

export interface PipelineLayout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
}

/** Sizes in pixels, shared with the drawing. `widest` is the room of the page: columns beyond it go on in a band below. */
export const metrics = {
  head: 48,
  row: 24,
  foot: 8,
  margin: 24,
  column: 40,
  between: 22,
  bend: 14,
  band: 58,
  badge: 12,
  widest: 1074,
} as const;

/** A column of places: its band, and from where to where it goes. */
interface Column {
  readonly band: number;
  readonly left: number;
  readonly right: number;
}

/** Where everything of the pipeline is drawn. */
export function pipelineLayout(graph: PipelineGraph): PipelineLayout {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const layering = layered(graph);
  const columns = columnsOf(layering.layers, nodes);
  const tops = topsOf({ layering, nodes, columns });
  const spot = new Map(
    layering.layers.flatMap((layer, index) =>
      layer.map(
        ({ id }) =>
          [id, { top: tops.get(id) ?? 0, first: tops.get(layer[0]?.id ?? id) ?? 0, column: columns[index] ?? nowhere.column }] as const,
      ),
    ),
  );
  const boxes = graph.nodes.map((node): Box => {
    const { top, column } = spot.get(node.id) ?? nowhere;
    return { node, x: column.left, y: top, width: column.right - column.left, height: boxHeight(node) };
  });
  const arrows = layering.routes.map(({ edge, stops }): Arrow => {
    const visits = stops.map((id) => ({ ...(spot.get(id) ?? nowhere), bend: !nodes.has(id) }));
    return { edge, stretches: visits.slice(1).flatMap((visit, index) => stretchesTo(visit, visits[index] ?? visit, edge)) };
  });
  return {
    width: Math.max(0, ...columns.map(({ right }) => right)) + metrics.margin,
    height: Math.max(0, ...boxes.map(({ y, height }) => y + height)) + metrics.margin / 2,
    boxes,
    arrows,
  };
}

interface Spot {
  readonly top: number;
  /** The top of the first place of its column. */
  readonly first: number;
  readonly column: Column;
}

const nowhere: Spot = { top: 0, first: 0, column: { band: 0, left: metrics.margin, right: metrics.margin } };

interface Visit extends Spot {
  readonly bend: boolean;
}

/** The way from one stop to the next, and through it where it is only passed. */
function stretchesTo(visit: Visit, before: Visit, edge: PipelineEdge): Stretch[] {
  const from = { x: before.column.right, y: before.top + (before.bend ? metrics.bend / 2 : outlet(edge)) };
  const to = { x: visit.column.left, y: visit.top + (visit.bend ? metrics.bend / 2 : metrics.head / 2) };
  const around = visit.column.band > before.column.band;
  const over: Stretch = { kind: around ? "around" : "over", from, to, turn: visit.first - metrics.badge - 16 };
  return visit.bend ? [over, { kind: "along", from: to, to: { x: visit.column.right, y: to.y }, turn: to.y }] : [over];
}

/** Columns beside each other while there is room, then in a band below. */
function columnsOf(layers: readonly (readonly Place[])[], nodes: ReadonlyMap<string, PipelineNode>): Column[] {
  const columns: Column[] = [];
  for (const layer of layers) {
    const width = Math.max(0, ...layer.map(({ id }) => boxWidth(nodes.get(id))));
    const last = columns.at(-1);
    const left = last === undefined ? metrics.margin : last.right + metrics.column;
    const fits = last === undefined || left + width + metrics.margin <= metrics.widest;
    columns.push(
      fits
        ? { band: last?.band ?? 0, left, right: left + width }
        : { band: last.band + 1, left: metrics.margin, right: metrics.margin + width },
    );
  }
  return columns;
}

interface Plan {
  readonly layering: Layering;
  readonly nodes: ReadonlyMap<string, PipelineNode>;
  readonly columns: readonly Column[];
}

/** The top of each place: in line with what leads to it, below what stands above it and below the bands before. */
function topsOf({ layering: { layers, routes }, nodes, columns }: Plan): Map<string, number> {
  const tops = new Map<string, number>();
  let [start, bottom] = [metrics.margin / 2 + metrics.badge, 0];
  for (const [index, layer] of layers.entries()) {
    const opens = index > 0 && columns[index]?.band !== columns[index - 1]?.band;
    if (opens) start = bottom + metrics.band;
    let free = start;
    for (const { id, bend } of layer) {
      const leading = opens
        ? []
        : routes.flatMap(({ edge, stops }) => leadingTop({ edge, before: stops[stops.indexOf(id) - 1], bend }, tops));
      const wished = leading.length === 0 ? free : leading.reduce((sum, y) => sum + y, 0) / leading.length;
      const top = Math.round(Math.max(free, wished));
      const node = nodes.get(id);
      const end = top + (node === undefined ? metrics.bend : boxHeight(node));
      tops.set(id, top);
      free = end + metrics.between;
      bottom = Math.max(bottom, end);
    }
  }
  return tops;
}

/** Where a place wants to be for the sake of an arrow: boxes in line with boxes, bends in line with the arrow that enters them. */
function leadingTop(
  arrow: { readonly edge: PipelineEdge; readonly before: string | undefined; readonly bend: boolean },
  tops: ReadonlyMap<string, number>,
): number[] {
  if (arrow.before === undefined) return [];
  const top = tops.get(arrow.before) ?? 0;
  if (arrow.before !== arrow.edge.from) return [arrow.bend ? top : top + (metrics.bend - metrics.head) / 2];
  return [arrow.bend ? top + outlet(arrow.edge) - metrics.bend / 2 : top];
}

function outlet(edge: PipelineEdge): number {
  return edge.port === null ? metrics.head / 2 : metrics.head + metrics.row * edge.port + metrics.row / 2;
}

function boxHeight(node: PipelineNode): number {
  return metrics.head + (node.rows.length === 0 ? 0 : metrics.row * node.rows.length + metrics.foot);
}

// Fonts differ from machine to machine: these are generous widths of a character.
function boxWidth(node: PipelineNode | undefined): number {
  if (node === undefined) return 0;
  const rows = node.rows.map(({ title, text }) => 56 + (textWidth(title) + textWidth(text)) * 7.3);
  return Math.round(Math.max(120, 46 + textWidth(node.title) * 8, 44 + textWidth(node.subtitle) * 6.6, ...rows));
}
