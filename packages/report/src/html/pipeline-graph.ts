import type { Check, Report } from "@rehearse/rehearsal";
import { count, duration, memory } from "../content/amounts.ts";
import { signOf, type Sign, type Tone } from "../content/verdict-sign.ts";
import { clipMiddle, visible } from "../content/visible-text.ts";

type Stage = Report["stages"][number];

/** A line of a box: a dataset the stage writes, or, where `sign` is null, data from outside that it reads. */
interface PipelineRow {
  readonly title: string;
  readonly text: string;
  readonly sign: Sign | null;
}

/** A box of the drawing: a stage with what it reads from outside and the datasets it writes. All text is visible and short. */
export interface PipelineNode {
  readonly id: string;
  readonly title: string;
  readonly subtitle: string;
  readonly sign: Sign;
  readonly starts: boolean;
  readonly ran: boolean;
  readonly rows: readonly PipelineRow[];
}

/** An arrow: `port` is the row it leaves from, null for the box itself (the order of stages, no data). */
export interface PipelineEdge {
  readonly from: string;
  readonly port: number | null;
  readonly to: string;
  readonly tone: Tone | null;
}

export interface PipelineGraph {
  readonly nodes: readonly PipelineNode[];
  readonly edges: readonly PipelineEdge[];
}

/** The pipeline as boxes and arrows. A read comes from the last stage before the reader that writes the dataset, else from outside. */
export function pipelineGraph(report: Report): PipelineGraph {
  const context = { report, ancestors: ancestorsOf(report.stages) };
  const data = report.stages.flatMap((stage) => stage.reads.flatMap(({ dataset }) => readEdge(stage, dataset, context)));
  return {
    nodes: report.stages.map((stage) => stageNode(stage, context)),
    edges: [...data, ...orderEdges(report.stages, data, context.ancestors)],
  };
}

interface Context {
  readonly report: Report;
  readonly ancestors: ReadonlyMap<string, ReadonlySet<string>>;
}

function ancestorsOf(stages: readonly Stage[]): Map<string, ReadonlySet<string>> {
  const found = new Map<string, ReadonlySet<string>>();
  for (const stage of stages) found.set(stage.name, new Set(stage.needs.flatMap((need) => [need, ...(found.get(need) ?? [])])));
  return found;
}

function producer(reader: Stage, dataset: string, { report, ancestors }: Context): Stage | undefined {
  const before = ancestors.get(reader.name);
  return report.stages.findLast(
    (stage) => stage.name !== reader.name && before?.has(stage.name) === true && stage.writes.some((write) => write.dataset === dataset),
  );
}

function outsideReads(reader: Stage, context: Context): string[] {
  return reader.reads.map(({ dataset }) => dataset).filter((dataset) => producer(reader, dataset, context) === undefined);
}

function readEdge(reader: Stage, dataset: string, context: Context): PipelineEdge[] {
  const from = producer(reader, dataset, context);
  const write = from?.writes.findIndex((candidate) => candidate.dataset === dataset) ?? 0;
  if (from === undefined) return [];
  const tone = signOf(from.writes[write]?.verdict ?? "not compared").tone;
  return [{ from: from.name, port: outsideReads(from, context).length + write, to: reader.name, tone }];
}

/** Arrows for `needs` that no other arrow shows. */
function orderEdges(stages: readonly Stage[], data: readonly PipelineEdge[], ancestors: Context["ancestors"]): PipelineEdge[] {
  return stages.flatMap((stage, index) => {
    const before = stages
      .slice(0, index)
      .map(({ name }) => name)
      .filter((name) => name !== stage.name);
    const shown = new Set(data.filter(({ to }) => to === stage.name).map(({ from }) => from));
    const through = [...stage.needs, ...shown];
    const needed = before.filter(
      (need) => stage.needs.includes(need) && !shown.has(need) && !through.some((other) => ancestors.get(other)?.has(need) === true),
    );
    return needed.map((need) => ({ from: need, port: null, to: stage.name, tone: null }));
  });
}

function stageNode(stage: Stage, context: Context): PipelineNode {
  const { checks, firstDivergence } = context.report;
  const measures = [stage.wallMs === null ? "" : duration(stage.wallMs), stage.maxRssBytes === null ? "" : memory(stage.maxRssBytes)];
  const reads = outsideReads(stage, context).map((dataset): PipelineRow => {
    const rows = stage.reads.find((read) => read.dataset === dataset)?.rows ?? null;
    return { title: short(dataset), text: rows === null ? "" : count(rows), sign: null };
  });
  const writes = stage.writes.map((write): PipelineRow => {
    const check = checks.find(({ kind, stage: after, name }) => kind === "diff" && after === stage.name && name === write.dataset);
    return { title: short(write.dataset), text: writeText(write, check), sign: signOf(write.verdict) };
  });
  return {
    id: stage.name,
    title: short(stage.name),
    subtitle: stage.wallMs === null ? "did not run" : measures.filter((text) => text !== "").join(" · "),
    sign: signOf(stage.verdict),
    starts: firstDivergence?.stage === stage.name,
    ran: stage.wallMs !== null,
    rows: [...reads, ...writes],
  };
}

/** What to say of a dataset in a few characters: how it moved, else how many rows it has. */
function writeText(write: Stage["writes"][number], check: Check | undefined): string {
  const counts = check?.verdict === "different" ? check.counts : null;
  const moves =
    counts === null
      ? []
      : (
          [
            ["+", counts.added],
            ["−", counts.removed],
            ["~", counts.changed],
          ] as const
        ).filter(([, number]) => number > 0);
  if (moves.length > 0) return moves.map(([sign, number]) => sign + count(number)).join(" ");
  return write.rows === null ? "—" : count(write.rows);
}

function short(name: string): string {
  const characters = Array.from(name);
  return characters.length <= 34 ? visible(name) : visible(clipMiddle(name, 30).replace(/…\(\d+ left out\)…/, "…"));
}
