import { dirname, resolve } from "node:path";
import { asList } from "./as-list.ts";
import { durationMs } from "./duration.ts";
import type { Path } from "./finding.ts";
import { orderSteps } from "./order.ts";
import type { AssertionConfig, DatasetConfig, Position, Program, ReadConfig, Scenario, SeedConfig, StageConfig } from "./scenario.ts";
import type { AssertionShape, DiffShape } from "./schema/check-schemas.ts";
import type { ScenarioShape } from "./schema/scenario-schema.ts";
import type { QueryShape, SeedShape, StageShape } from "./schema/step-schemas.ts";
import { seedNames } from "./seed-names.ts";
import { splitTable } from "./split-table.ts";
import { parseTemplate } from "./template.ts";

const defaultTimeout = "10m";

interface Origin {
  readonly directory: string;
  readonly diffs: Readonly<Record<string, DiffShape>>;
  readonly positionOf: (path: Path, at?: "key" | "value") => Position;
}

/** The scenario that a file without problems stands for. `file` is absolute. */
export function normalise(shape: ScenarioShape, at: { readonly file: string; readonly positionOf: Origin["positionOf"] }): Scenario {
  const { name, seeds: seedShapes = [], checks = {} } = shape;
  const origin = { directory: dirname(at.file), diffs: checks.diff ?? {}, positionOf: at.positionOf };
  const names = seedNames(seedShapes);
  const seeds = seedShapes.map((seed, index) => ({ name: names[index] ?? "", ...seedOf(seed, ["seeds", index], origin) }));
  const stages = Object.entries(shape.stages).map(([stage, value]) => ({ name: stage, ...stageOf(value, ["stages", stage], origin) }));
  const ordering = orderSteps({ seeds, stages });
  if ("cycle" in ordering) throw new Error("The rules let steps through that wait for each other.");
  return {
    name,
    file: at.file,
    directory: origin.directory,
    services: Object.entries(shape.services).map(([service, { engine, port }]) => ({
      name: service,
      engine,
      port: port === undefined ? undefined : Number(port),
      position: origin.positionOf(["services", service], "key"),
    })),
    seeds,
    stages,
    assertions: (checks.assert ?? []).map((assertion, index) => assertionOf(assertion, ["checks", "assert", index], origin)),
    order: ordering.order,
  };
}

function stageOf(value: StageShape, path: Path, origin: Origin): Omit<StageConfig, "name"> {
  return {
    kind: "stage",
    ...programOf(value),
    needs: value.needs ?? [],
    reads: (value.reads ?? []).map((name) => ({ ...tableOf(name), ignore: rulesOf(name, origin)?.ignore ?? [] })),
    writes: (value.writes ?? []).map((write, index) => datasetOf(write, [...path, "writes", index], origin)),
    timeoutMs: durationMs(value.timeout ?? defaultTimeout),
    position: origin.positionOf(path, "key"),
  };
}

function datasetOf(write: string | QueryShape, path: Path, origin: Origin): DatasetConfig {
  const name = typeof write === "string" ? write : write.name;
  const rules = rulesOf(name, origin);
  const common = { name, key: rules?.key, ignore: rules?.ignore ?? [], position: origin.positionOf(path) };
  if (typeof write === "string") {
    const { service, table } = tableOf(write);
    return { ...common, service, source: { table } };
  }
  return { ...common, service: write.in, source: { queryFile: resolve(origin.directory, write.query) }, key: write.key ?? rules?.key };
}

function seedOf(value: SeedShape, path: Path, origin: Origin): Omit<SeedConfig, "name"> {
  return {
    kind: "seed",
    ...splitTable(value.into),
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

/** What `checks.diff` says of a dataset. */
function rulesOf(name: string, { diffs }: Origin): Origin["diffs"][string] | undefined {
  return Object.hasOwn(diffs, name) ? diffs[name] : undefined;
}

function tableOf(name: string): Omit<ReadConfig, "ignore"> {
  const { service, table = "" } = splitTable(name);
  return { name, service, table };
}

function assertionOf(value: AssertionShape, path: Path, origin: Origin): AssertionConfig {
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
