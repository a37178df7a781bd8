import { dirname, resolve } from "node:path";
import { asList } from "./as-list.ts";
import { durationMs } from "./duration.ts";
import type { Path } from "./finding.ts";
import { normaliseAssertion } from "./normalise-assertion.ts";
import { normaliseColumnRules, percentOf, positionsOfRules } from "./normalise-column-rules.ts";
import { normaliseExpected } from "./normalise-expected.ts";
import { orderSteps } from "./order.ts";
import type {
  DatasetConfig,
  ExpectedConfig,
  Position,
  Program,
  ReadConfig,
  ReferencesConfig,
  Scenario,
  SeedConfig,
  StageConfig,
} from "./scenario.ts";
import type { DiffShape } from "./schema/check-schemas.ts";
import type { ExpectShape } from "./schema/expect-schema.ts";
import { defaultInline } from "./schema/references-schema.ts";
import type { ScenarioShape } from "./schema/scenario-schema.ts";
import { defaultTimeout, type SeedShape, type StageShape, type WriteShape } from "./schema/step-schemas.ts";
import { seedNames } from "./seed-names.ts";
import { sizeBytes } from "./size.ts";
import { splitTable } from "./split-table.ts";
import { parseTemplate } from "./template.ts";

interface Origin {
  readonly directory: string;
  readonly diffs: Readonly<Record<string, DiffShape>>;
  readonly expected: readonly ExpectShape[];
  readonly positionOf: (path: Path, at?: "key" | "value") => Position;
}

/** The scenario that a file without problems stands for. `file` is absolute. */
export function normalise(shape: ScenarioShape, at: { readonly file: string; readonly positionOf: Origin["positionOf"] }): Scenario {
  const { name, seeds: seedShapes = [], checks = {} } = shape;
  const origin = { directory: dirname(at.file), diffs: checks.diff ?? {}, expected: checks.expect ?? [], positionOf: at.positionOf };
  const names = seedNames(seedShapes);
  const seeds = seedShapes.map((seed, index) => ({ name: names[index] ?? "", ...seedOf(seed, ["seeds", index], origin) }));
  const stages = Object.entries(shape.stages).map(([stage, value]) => stageOf(value, stage, origin));
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
    assertions: (checks.assert ?? []).map((assertion, index) =>
      normaliseAssertion(assertion, origin.positionOf(["checks", "assert", index])),
    ),
    references: shape.references === undefined ? undefined : referencesOf(shape.references, origin.directory),
    order: ordering.order,
  };
}

function referencesOf({ store, inline = defaultInline }: NonNullable<ScenarioShape["references"]>, directory: string): ReferencesConfig {
  return { store: store.startsWith("s3://") ? store : resolve(directory, store), inlineBytes: sizeBytes(inline) };
}

function stageOf(value: StageShape, name: string, origin: Origin): StageConfig {
  const path = ["stages", name];
  return {
    name,
    kind: "stage",
    ...programOf(value),
    needs: value.needs ?? [],
    reads: (value.reads ?? []).map((name) => ({ ...tableOf(name), ignore: rulesOf(name, origin)?.ignore ?? [] })),
    writes: (value.writes ?? []).map((write, index) => datasetOf(write, { stage: name, path: [...path, "writes", index] }, origin)),
    timeoutMs: durationMs(value.timeout ?? defaultTimeout),
    position: origin.positionOf(path, "key"),
  };
}

function datasetOf(write: WriteShape, at: { readonly stage: string; readonly path: Path }, origin: Origin): DatasetConfig {
  const name = typeof write === "string" ? write : write.name;
  const rules = rulesOf(name, origin);
  const common = {
    name,
    key: rules?.key,
    ignore: rules?.ignore ?? [],
    columns: normaliseColumnRules(rules?.columns),
    samplePercent: rules?.sample === undefined ? undefined : percentOf(rules.sample),
    rules: rules === undefined ? [] : positionsOfRules(rules, { path: ["checks", "diff", name], positionOf: origin.positionOf }),
    expected: expectedOf({ dataset: name, stage: at.stage }, origin),
    position: origin.positionOf(at.path),
  };
  if (typeof write === "string") {
    const { service, table } = tableOf(write);
    return { ...common, service, source: { table } };
  }
  const key = write.key ?? rules?.key;
  if ("files" in write) return { ...common, service: undefined, source: { files: write.files, types: write.types ?? {} }, key };
  return { ...common, service: write.in, source: { queryFile: resolve(origin.directory, write.query) }, key };
}

/** The rules are those that name it; where several stages write it, they name the stage. */
function expectedOf(wanted: { readonly dataset: string; readonly stage: string }, { expected, positionOf }: Origin): ExpectedConfig[] {
  return expected.flatMap((rule, index) => {
    const [path, meant] = [["checks", "expect", index], rule.dataset === wanted.dataset && (rule.stage ?? wanted.stage) === wanted.stage];
    return meant ? [normaliseExpected(rule, { index, position: positionOf(path), wherePosition: positionOf([...path, "where"]) })] : [];
  });
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
