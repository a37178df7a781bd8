import type { Draft } from "../draft.ts";
import { unknownWord, type Finding } from "../finding.ts";

/** `checks.diff` must name what a stage writes, or reads: then it can only say which columns do not count. */
export function* unwrittenDatasets(draft: Draft): Iterable<Finding> {
  if (!draft.stepsAreWhole) return;
  const written = draft.stages.flatMap(({ value }) => value.writes ?? []).map((write) => (typeof write === "string" ? write : write.name));
  const read = draft.stages.flatMap(({ value }) => value.reads ?? []);
  const known = [...new Set([...written, ...read])];
  for (const { name, path, value } of draft.diffs) {
    if (!known.includes(name)) yield unknownWord({ kind: "dataset", word: name, known, path, at: "key" });
    else if (!written.includes(name) && value.key !== undefined) {
      yield {
        path: [...path, "key"],
        at: "key",
        message: "no stage writes this dataset, so its rows are not compared",
        expected: "`ignore` alone",
        got: "a key",
      };
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
    const queryKeys = draft.stages.flatMap(({ value: stage }) =>
      (stage.writes ?? []).flatMap((write) => (typeof write !== "string" && write.name === name ? (write.key ?? []) : [])),
    );
    const key = value.key ?? queryKeys;
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
