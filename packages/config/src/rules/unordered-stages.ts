import type { Draft, Part } from "../draft.ts";
import type { Finding, Path } from "../finding.ts";
import { ancestorsOf } from "../order.ts";
import { needsAreKnown } from "./known-graph.ts";
import type { StageShape } from "../schema/step-schemas.ts";

interface Use {
  readonly stage: Part<StageShape>;
  readonly verb: "reads" | "writes";
  readonly table: string;
  readonly path: Path;
}

/** A stage that reads or writes what another writes must be ordered with it, or else a later run could see other data. One problem a pair. */
export function* unorderedStages(draft: Draft): Iterable<Finding> {
  if (!draft.stepsAreWhole || !needsAreKnown(draft)) return;
  const ancestors = ancestorsOf(draft.stages.map(({ name, value }) => ({ name, needs: value.needs ?? [] })));
  for (const [index, later] of draft.stages.entries()) {
    for (const earlier of draft.stages.slice(0, index)) {
      const isOrdered = ancestors.get(later.name)?.has(earlier.name) === true || ancestors.get(earlier.name)?.has(later.name) === true;
      if (!isOrdered) yield* sharedTable(earlier, later);
    }
  }
}

/** The first table that one of the two writes and the other uses: the reader is asked to wait, of two writers the later one. */
function* sharedTable(earlier: Part<StageShape>, later: Part<StageShape>): Iterable<Finding> {
  for (const use of usesOf(later)) {
    const other = usesOf(earlier).find(({ table, verb }) => table === use.table && (verb === "writes" || use.verb === "writes"));
    if (other === undefined) continue;
    yield other.verb === "reads" ? unordered(other, use) : unordered(use, other);
    return;
  }
}

function unordered(blamed: Use, writer: Use): Finding {
  return {
    path: blamed.path,
    message: `${blamed.verb} ${blamed.table}, which stage ${writer.stage.name} writes, and neither stage needs the other`,
    expected: `${withNeed(blamed.stage, writer.stage)} in stages.${blamed.stage.name}, or ${withNeed(writer.stage, blamed.stage)} in stages.${writer.stage.name}`,
    got: `no order between ${blamed.stage.name} and ${writer.stage.name}`,
  };
}

/** The line to write. */
function withNeed(stage: Part<StageShape>, needed: Part<StageShape>): string {
  return `needs: [${[...(stage.value.needs ?? []), needed.name].join(", ")}]`;
}

/** Query datasets are left out: a query reads, and does so after its stage. */
function usesOf(stage: Part<StageShape>): Use[] {
  const { path, value } = stage;
  const reads = (value.reads ?? []).map((table, index) => ({ stage, verb: "reads" as const, table, path: [...path, "reads", index] }));
  const writes = (value.writes ?? []).flatMap((table, index) =>
    typeof table === "string" ? [{ stage, verb: "writes" as const, table, path: [...path, "writes", index] }] : [],
  );
  return [...reads, ...writes];
}
