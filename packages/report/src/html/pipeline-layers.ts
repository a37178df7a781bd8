import type { PipelineEdge, PipelineGraph } from "./pipeline-graph.ts";

/** A place in a layer: a box, or a bend where a long arrow passes between boxes. */
export interface Place {
  readonly id: string;
  readonly bend: boolean;
}

/** An arrow as the places it visits, each one layer further. */
interface Route {
  readonly edge: PipelineEdge;
  readonly stops: readonly string[];
}

export interface Layering {
  readonly layers: readonly (readonly Place[])[];
  readonly routes: readonly Route[];
}

/** Boxes in columns so that every arrow points to the right, in an order within each column that keeps arrows from crossing. */
export function layered(graph: PipelineGraph): Layering {
  const depth = depths(graph);
  const layers: Place[][] = [];
  const put = (layer: number, place: Place): void => {
    (layers[layer] ??= []).push(place);
  };
  for (const node of graph.nodes) put(depth.get(node.id) ?? 0, { id: node.id, bend: false });
  const routes = graph.edges.map((edge, index): Route => {
    const [from, to] = [depth.get(edge.from) ?? 0, depth.get(edge.to) ?? 0];
    const bends = Array.from({ length: Math.max(0, to - from - 1) }, (_, step) => ({
      layer: from + 1 + step,
      id: `bend ${String(index)} ${String(step)}`,
    }));
    for (const { layer, id } of bends) put(layer, { id, bend: true });
    return { edge, stops: [edge.from, ...bends.map(({ id }) => id), edge.to] };
  });
  return { layers: ordered(layers, routes), routes };
}

/** The column of each box: one further than everything that leads to it. Stages are in the order in which they run. */
function depths(graph: PipelineGraph): Map<string, number> {
  const depth = new Map<string, number>();
  for (const { id } of graph.nodes) {
    const before = graph.edges.filter(({ to }) => to === id).map(({ from }) => depth.get(from) ?? -1);
    depth.set(id, Math.max(-1, ...before) + 1);
  }
  return depth;
}

/** Each column sorted by where its neighbours stand, a few times forth and back. */
function ordered(layers: readonly (readonly Place[])[], routes: readonly Route[]): Place[][] {
  const links = routes.flatMap(({ stops }) => stops.slice(1).map((to, index) => ({ from: stops[index] ?? to, to })));
  let sorted = layers.map((layer) => [...layer]);
  for (const forth of [true, false, true, false, true]) {
    const position = new Map(sorted.flatMap((layer) => layer.map(({ id }, index) => [id, index] as const)));
    sorted = sorted.map((layer) => {
      const middle = (place: Place, own: number): number => {
        const near = links.flatMap(({ from, to }) => (forth ? (to === place.id ? [from] : []) : from === place.id ? [to] : []));
        const places = near.map((id) => position.get(id) ?? own);
        return places.length === 0 ? own : places.reduce((sum, at) => sum + at, 0) / places.length;
      };
      return layer
        .map((place, own) => ({ place, at: middle(place, own) }))
        .toSorted((left, right) => left.at - right.at)
        .map(({ place }) => place);
    });
  }
  return sorted;
}
