import type { z } from "zod";
import type { Path } from "./finding.ts";
import type { EngineFacts } from "./scenario.ts";
import { assertionSchema, type AssertionShape } from "./schema/assertion-schema.ts";
import { diffSchema, type DiffShape } from "./schema/check-schemas.ts";
import { expectSchema, type ExpectShape } from "./schema/expect-schema.ts";
import { serviceSchema, type ServiceShape } from "./schema/service-schema.ts";
import { seedSchema, stageSchema, type SeedShape, type StageShape } from "./schema/step-schemas.ts";

type Pieces<Shape> = { readonly [Key in keyof Shape]?: Shape[Key] | undefined };

/** A part of the file with those of its values whose shape is right. `name` is its key, or its index in a list. */
export interface Part<Shape> {
  readonly name: string;
  readonly path: Path;
  readonly value: Pieces<Shape>;
  /** False where something was left out for its shape. */
  readonly isWhole: boolean;
}

/**
 * What the rules look at: all of the file whose shape is right, whatever the rest looks like, so that one run finds every problem.
 * Any value may be missing; that it is missing is said by the shape.
 */
export interface Draft {
  readonly engines: ReadonlyMap<string, EngineFacts>;
  readonly services: readonly Part<ServiceShape>[];
  readonly stages: readonly Part<StageShape>[];
  readonly seeds: readonly Part<SeedShape>[];
  readonly diffs: readonly Part<DiffShape>[];
  readonly expected: readonly Part<ExpectShape>[];
  readonly assertions: readonly Part<AssertionShape>[];
  /** All names that the file declares, those of broken parts too: a reference to them is right. */
  readonly serviceNames: readonly string[];
  readonly stageNames: readonly string[];
  /** False where a stage or seed is broken: rules about all of them together would then blame the wrong one. */
  readonly stepsAreWhole: boolean;
  readonly plain: unknown;
}

/** Takes a plain value apart. */
export function draftOf(plain: unknown, engines: readonly EngineFacts[]): Draft {
  const root = asRecord(plain) ?? {};
  const checks = asRecord(root["checks"]) ?? {};
  const engineNames = engines.map((engine) => engine.name);
  const stages = parts(stageSchema.partial(), root["stages"], ["stages"]);
  const stageNames = Object.keys(asRecord(root["stages"]) ?? {});
  const seeds = parts(seedSchema.partial(), root["seeds"], ["seeds"]);
  return {
    engines: new Map(engines.map((engine) => [engine.name, engine])),
    services: parts(serviceSchema(engineNames).partial(), root["services"], ["services"]),
    stages,
    seeds,
    diffs: parts(diffSchema.partial(), checks["diff"], ["checks", "diff"]),
    expected: parts(expectSchema.partial(), checks["expect"], ["checks", "expect"]),
    assertions: parts(assertionSchema.partial(), checks["assert"], ["checks", "assert"]),
    serviceNames: Object.keys(asRecord(root["services"]) ?? {}),
    stageNames,
    stepsAreWhole: stages.length === stageNames.length && [...stages, ...seeds].every(({ isWhole }) => isWhole),
    plain,
  };
}

/** The facts of a service's engine; undefined where the service or its engine is unknown, which is said elsewhere. */
export function engineOf(draft: Draft, service: string): EngineFacts | undefined {
  const engine = draft.services.find(({ name }) => name === service)?.value.engine;
  return engine === undefined ? undefined : draft.engines.get(engine);
}

/** The parts of a map or list that are maps themselves. */
function parts<Shape>(schema: z.ZodType<Pieces<Shape>>, raw: unknown, path: Path): Part<Shape>[] {
  const isList = Array.isArray(raw);
  return Object.entries(isList ? raw : (asRecord(raw) ?? {})).flatMap(([name, value]) => {
    const record = asRecord(value);
    if (record === undefined) return [];
    const faults = faultyKeys(schema, record);
    const sound = schema.parse(Object.fromEntries(Object.entries(record).filter(([key]) => !faults.has(key))));
    return [{ name, path: [...path, isList ? Number(name) : name], value: sound, isWhole: faults.size === 0 }];
  });
}

function faultyKeys(schema: z.ZodType, record: Record<string, unknown>): ReadonlySet<unknown> {
  const issues = schema.safeParse(record).error?.issues ?? [];
  return new Set(issues.flatMap((issue) => (issue.code === "unrecognized_keys" && issue.path.length === 0 ? issue.keys : [issue.path[0]])));
}

function asRecord(value: unknown): Record<string, unknown> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}
