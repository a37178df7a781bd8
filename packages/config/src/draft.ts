import type { z } from "zod";
import type { Path } from "./finding.ts";
import type { EngineFacts } from "./scenario.ts";
import { assertionSchema, diffSchema, type AssertionShape, type DiffShape } from "./schema/check-schemas.ts";
import { serviceSchema, type ServiceShape } from "./schema/service-schema.ts";
import { seedSchema, stageSchema, type SeedShape, type StageShape } from "./schema/step-schemas.ts";

/** A part of the file whose own shape is right. `name` is its key, or its index in a list. */
export interface Part<Shape> {
  readonly name: string;
  readonly path: Path;
  readonly value: Shape;
}

/** What the rules look at: every part of the file that has the right shape, whatever the others look like. */
export interface Draft {
  readonly name: string;
  readonly engines: ReadonlyMap<string, EngineFacts>;
  readonly services: readonly Part<ServiceShape>[];
  readonly stages: readonly Part<StageShape>[];
  readonly seeds: readonly Part<SeedShape>[];
  readonly diffs: readonly Part<DiffShape>[];
  readonly assertions: readonly Part<AssertionShape>[];
  /** All names that the file declares, those of broken parts too: a reference to them is right. */
  readonly serviceNames: readonly string[];
  readonly stageNames: readonly string[];
  /** Whether every stage has the right shape; rules about all stages together would else blame the wrong one. */
  readonly stagesComplete: boolean;
  readonly plain: unknown;
}

/** Takes a plain value apart. */
export function draftOf(plain: unknown, engines: readonly EngineFacts[]): Draft {
  const root = asRecord(plain);
  const checks = asRecord(root["checks"]);
  const stages = parts(stageSchema, root["stages"], ["stages"]);
  const stageNames = Object.keys(asRecord(root["stages"]));
  return {
    name: typeof root["name"] === "string" ? root["name"] : "",
    engines: new Map(engines.map((engine) => [engine.name, engine])),
    services: parts(serviceSchema(engines.map((engine) => engine.name)), root["services"], ["services"]),
    stages,
    seeds: parts(seedSchema, root["seeds"], ["seeds"]),
    diffs: parts(diffSchema, checks["diff"], ["checks", "diff"]),
    assertions: parts(assertionSchema, checks["assert"], ["checks", "assert"]),
    serviceNames: Object.keys(asRecord(root["services"])),
    stageNames,
    stagesComplete: stages.length === stageNames.length,
    plain,
  };
}

/** The facts of a service's engine; undefined where the service is unknown or broken, which is said elsewhere. */
export function engineOf(draft: Draft, service: string): EngineFacts | undefined {
  const part = draft.services.find(({ name }) => name === service);
  return part && draft.engines.get(part.value.engine);
}

function parts<Shape>(schema: z.ZodType<Shape>, raw: unknown, path: Path): Part<Shape>[] {
  const isList = Array.isArray(raw);
  return Object.entries(isList ? raw : asRecord(raw)).flatMap(([name, value]) => {
    const { success, data } = schema.safeParse(value);
    return success ? [{ name, path: [...path, isList ? Number(name) : name], value: data }] : [];
  });
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}
