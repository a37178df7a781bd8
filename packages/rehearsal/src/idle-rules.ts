import type { Scenario } from "@rehearse/config";

/** A rule of `checks.expect` that matches nothing any more. */
export interface IdleRule {
  readonly dataset: string;
  readonly reason: string;
  /** Of the scenario's file, from 1. */
  readonly line: number;
}

/** The rules for datasets whose references were written anew, as `stage/dataset`: what they expect to differ is the reference now. */
export function idleRules({ stages }: Pick<Scenario, "stages">, written: readonly string[]): IdleRule[] {
  return stages.flatMap((stage) =>
    stage.writes
      .filter(({ name }) => written.includes(`${stage.name}/${name}`))
      .flatMap(({ name, expected }) => expected.map(({ reason, position }) => ({ dataset: name, reason, line: position.line }))),
  );
}
