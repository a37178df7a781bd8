import { dirname, resolve } from "node:path";
import { asList } from "./as-list.ts";
import type { Draft, Part } from "./draft.ts";
import { durationMs } from "./duration.ts";
import type { Path } from "./finding.ts";
import { orderSteps } from "./order.ts";
import type {
  AssertionConfig,
  DatasetConfig,
  Position,
  Program,
  ReadConfig,
  Scenario,
  SeedConfig,
  ServiceConfig,
  StageConfig,
} from "./scenario.ts";
import type { AssertionShape } from "./schema/check-schemas.ts";
import type { ServiceShape } from "./schema/service-schema.ts";
import type { QueryShape, SeedShape, StageShape } from "./schema/step-schemas.ts";
import { seedNames } from "./seed-names.ts";
import { splitTable } from "./split-table.ts";
import { parseTemplate } from "./template.ts";

const defaultTimeout = "10m";

interface Origin {
  readonly directory: string;
  readonly positionOf: (path: Path, at?: "key" | "value") => Position;
}

/** The scenario that a draft without problems stands for. `file` is absolute. */
export function normalise(draft: Draft, at: { readonly file: string; readonly positionOf: Origin["positionOf"] }): Scenario {
  const origin = { directory: dirname(at.file), positionOf: at.positionOf };
  const names = seedNames(draft.seeds.map((seed) => seed.value));
  const seeds = draft.seeds.map((seed, index) => seedOf(seed, names[index] ?? "", origin));
  const stages = draft.stages.map((stage) => stageOf(stage, draft, origin));
  const ordering = orderSteps({ seeds, stages });
  if ("cycle" in ordering) throw new Error("The rules let steps through that wait for each other.");
  return {
    name: draft.name,
    file: at.file,
    directory: origin.directory,
    services: draft.services.map((service) => serviceOf(service, origin)),
    seeds,
    stages,
    assertions: draft.assertions.map((assertion) => assertionOf(assertion, origin)),
    order: ordering.order,
  };
}

function serviceOf({ name, path, value }: Part<ServiceShape>, origin: Origin): ServiceConfig {
  return {
    name,
    engine: value.engine,
    port: value.port === undefined ? undefined : Number(value.port),
    position: origin.positionOf(path, "key"),
  };
}

function stageOf({ name, path, value }: Part<StageShape>, draft: Draft, origin: Origin): StageConfig {
  return {
    kind: "stage",
    name,
    ...programOf(value),
    needs: value.needs ?? [],
    reads: (value.reads ?? []).map(tableOf),
    writes: (value.writes ?? []).map((write, index) => datasetOf({ name, path: [...path, "writes", index], value: write }, draft, origin)),
    timeoutMs: durationMs(value.timeout ?? defaultTimeout),
    position: origin.positionOf(path, "key"),
  };
}

function datasetOf({ path, value }: Part<string | QueryShape>, draft: Draft, origin: Origin): DatasetConfig {
  const name = typeof value === "string" ? value : value.name;
  const rules = draft.diffs.find((diff) => diff.name === name)?.value;
  const common = { name, ignore: rules?.ignore ?? [], position: origin.positionOf(path) };
  if (typeof value !== "string") {
    return { ...common, service: value.in, source: { queryFile: resolve(origin.directory, value.query) }, key: value.key ?? rules?.key };
  }
  const { service, table } = tableOf(value);
  return { ...common, service, source: { table }, key: rules?.key };
}

function seedOf({ path, value }: Part<SeedShape>, name: string, origin: Origin): SeedConfig {
  const { service, table } = splitTable(value.into);
  return {
    kind: "seed",
    name,
    service,
    table,
    from:
      typeof value.from === "string" ? fileSource(resolve(origin.directory, value.from)) : { kind: "program", ...programOf(value.from) },
    after: asList(value.after),
    timeoutMs: durationMs(value.timeout ?? defaultTimeout),
    position: origin.positionOf(path),
  };
}

function fileSource(file: string): SeedConfig["from"] {
  if (file.endsWith(".sql")) return { kind: "script", file };
  return { kind: "rows", file, format: file.endsWith(".json") ? "json" : "ndjson" };
}

function programOf({ run, env = {} }: Pick<StageShape, "run" | "env">): Program {
  return {
    run: typeof run === "string" ? ["bash", "-euo", "pipefail", "-c", run] : run,
    env: Object.fromEntries(Object.entries(env).map(([name, text]) => [name, parseTemplate(text).template])),
  };
}

function tableOf(name: string): ReadConfig {
  const { service, table = "" } = splitTable(name);
  return { name, service, table };
}

function assertionOf({ path, value }: Part<AssertionShape>, origin: Origin): AssertionConfig {
  return {
    name: value.name,
    after: value.after,
    service: value.in,
    sql: value.sql,
    equals: value.equals,
    withinMs: value.within === undefined ? 0 : durationMs(value.within),
    position: origin.positionOf(path),
  };
}
