import type { Draft } from "../draft.ts";
import { nearest } from "@rehearse/errors";
import { describe, unknownWord, type Finding } from "../finding.ts";
import { writesAreKnown } from "./known-graph.ts";

/** `checks.diff` must name what a stage writes, or reads: then it can only say which columns do not count. */
export function* unwrittenDatasets(draft: Draft): Iterable<Finding> {
  if (!draft.stepsAreWhole || !writesAreKnown(draft)) return;
  const writes = draft.stages.flatMap(({ name: stage, value }) =>
    (value.writes ?? []).map((write) => ({ stage, name: typeof write === "string" ? write : write.name })),
  );
  const written = writes.map(({ name }) => name);
  const read = draft.stages.flatMap(({ value }) => value.reads ?? []);
  const known = [...new Set([...written, ...read])];
  for (const { name, path, value } of draft.diffs) {
    if (!known.includes(name)) yield unknownWord({ kind: "dataset", word: name, known, path, at: "key" });
    else if (!written.includes(name)) {
      const near = writes.find((write) => write.name === nearest(name, written));
      const isRuled = (["key", "columns", "sample"] as const).some((rule) => value[rule] !== undefined);
      if (near !== undefined && isRuled) {
        const message = `no stage writes this dataset; did you mean ${near.name}, which ${near.stage} writes?`;
        yield { path, at: "key", message, expected: "a dataset that is written, or `ignore` alone", got: describe(name) };
        continue;
      }
      for (const rule of ["key", "columns", "sample"] as const) {
        if (value[rule] === undefined) continue;
        yield {
          path: [...path, rule],
          at: "key",
          message: "no stage writes this dataset, so its rows are not compared",
          expected: "`ignore` alone",
          got: rule === "key" ? "a key" : `\`${rule}\``,
        };
      }
    }
  }
}

/** The key of a query dataset has one place. */
export function* keysTwice(draft: Draft): Iterable<Finding> {
  for (const { path, value } of draft.stages) {
    for (const [index, write] of (value.writes ?? []).entries()) {
      if (typeof write === "string" || write.key === undefined) continue;
      const rules = draft.diffs.find(({ name }) => name === write.name);
      if (rules?.value.key === undefined) continue;
      yield {
        path: [...path, "writes", index, "key"],
        at: "key",
        message: `checks.diff.${write.name} has a key too`,
        expected: "the key in one of the two places",
        got: `[${write.key.join(", ")}] and [${rules.value.key.join(", ")}]`,
      };
    }
  }
}

/** A key column that is not compared could not match rows. */
export function* ignoredKeys(draft: Draft): Iterable<Finding> {
  for (const { name, path, value } of draft.diffs) {
    const key = value.key ?? queryKeys(draft, name);
    for (const [index, column] of (value.ignore ?? []).entries()) {
      if (!key.includes(column)) continue;
      yield {
        path: [...path, "ignore", index],
        message: "a column of the key cannot be ignored",
        expected: "a column outside the key",
        got: column,
      };
    }
  }
}

/** What is said of a column must be able to mean something. */
export function* idleColumnRules(draft: Draft): Iterable<Finding> {
  for (const { name, path, value } of draft.diffs) {
    const key = value.key ?? queryKeys(draft, name);
    for (const [column, rules] of Object.entries(value.columns ?? {})) {
      const here = [...path, "columns", column];
      if (value.ignore?.includes(column) === true)
        yield { path: here, at: "key", message: "the column is ignored", expected: "a column that is compared", got: column };
      if (rules.tolerance !== undefined && key.includes(column)) {
        const message = "a column of the key has no tolerance: rows are matched by equal keys only";
        yield { path: [...here, "tolerance"], at: "key", message, expected: "a column outside the key", got: column };
      }
    }
  }
}

/** The key that a query dataset declares where it is written. */
function queryKeys(draft: Draft, name: string): readonly string[] {
  return draft.stages.flatMap(({ value: stage }) =>
    (stage.writes ?? []).flatMap((write) => (typeof write !== "string" && write.name === name ? (write.key ?? []) : [])),
  );
}
