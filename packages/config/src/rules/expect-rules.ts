import type { Draft, Part } from "../draft.ts";
import { describe, oneOf, unknownWord, type Finding } from "../finding.ts";
import { writesAreKnown } from "./known-graph.ts";
import type { ExpectShape } from "../schema/expect-schema.ts";

/** An expected difference is of one dataset that one stage writes. */
export function* unwrittenExpectations(draft: Draft): Iterable<Finding> {
  if (!draft.stepsAreWhole || !writesAreKnown(draft)) return;
  const writes = draft.stages.flatMap(({ name, value }) =>
    (value.writes ?? []).map((write) => ({ stage: name, dataset: typeof write === "string" ? write : write.name })),
  );
  const known = [...new Set(writes.map(({ dataset }) => dataset))];
  for (const { path, value } of draft.expected) {
    const { dataset, stage } = value;
    if (dataset === undefined) continue;
    const writers = writes.filter((write) => write.dataset === dataset).map((write) => write.stage);
    if (writers.length === 0) yield unknownWord({ kind: "dataset", word: dataset, known, path: [...path, "dataset"] });
    else if (stage !== undefined && !writers.includes(stage))
      yield unknownWord({ kind: `stage that writes ${dataset}`, word: stage, known: writers, path: [...path, "stage"] });
    else if (stage === undefined && writers.length > 1)
      yield { path: [...path, "dataset"], message: "several stages write it", expected: `\`stage\`: ${oneOf(writers)}`, got: "no stage" };
  }
}

/** Columns that cannot change, and kinds of differences that are not of columns. */
export function* unchangingColumns(draft: Draft): Iterable<Finding> {
  for (const rule of draft.expected) {
    const { path, value } = rule;
    const other = value.kinds?.findIndex((kind) => kind !== "changed") ?? -1;
    if (value.columns !== undefined && other !== -1)
      yield {
        path: [...path, "kinds", other],
        message: "columns are of rows that changed",
        expected: "`changed` alone, or no columns",
        got: describe(value.kinds?.[other]),
      };
    yield* fixedColumns(rule, draft);
  }
}

function* fixedColumns({ path, value }: Part<ExpectShape>, draft: Draft): Iterable<Finding> {
  const rules = draft.diffs.find(({ name }) => name === value.dataset)?.value;
  const writes = draft.stages.flatMap(({ value: stage }) => stage.writes ?? []);
  const ownKeys = writes.flatMap((write) => (typeof write !== "string" && write.name === value.dataset ? (write.key ?? []) : []));
  for (const [index, column] of (value.columns ?? []).entries()) {
    const why = rules?.ignore?.includes(column) === true ? "ignored" : (rules?.key ?? ownKeys).includes(column) ? "of the key" : undefined;
    if (why === undefined) continue;
    yield {
      path: [...path, "columns", index],
      message: `a column that is ${why} never changes`,
      expected: "a column that is compared",
      got: describe(column),
    };
  }
}

/** Days that no calendar has. */
export function* daysThatAreNone(draft: Draft): Iterable<Finding> {
  for (const { path, value } of draft.expected) {
    const { expires } = value;
    if (expires === undefined) continue;
    const time = Date.parse(`${expires}T00:00:00Z`);
    if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(expires)) continue;
    yield { path: [...path, "expires"], message: "no such day", expected: "a day of the calendar", got: describe(expires) };
  }
}
