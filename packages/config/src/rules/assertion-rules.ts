import type { Draft } from "../draft.ts";
import { describe, type Finding, type Path } from "../finding.ts";

/** Reports name assertions by their names. */
export function* assertionNamesTwice(draft: Draft): Iterable<Finding> {
  const seen = new Set<string>();
  for (const { path, value } of draft.assertions) {
    if (value.name === undefined) continue;
    if (seen.has(value.name)) {
      yield {
        path: [...path, "name"],
        message: "another assertion has this name",
        expected: "a name of its own",
        got: describe(value.name),
      };
    }
    seen.add(value.name);
  }
}

/** All rows of one answer have the same columns. */
export function* raggedRows(draft: Draft): Iterable<Finding> {
  for (const { path, value } of draft.assertions) {
    yield* ragged(value.equals ?? [], [...path, "equals"]);
    yield* ragged(value.contains ?? [], [...path, "contains"]);
  }
}

function* ragged([first, ...rest]: readonly (readonly unknown[])[], path: Path): Iterable<Finding> {
  for (const [index, row] of rest.entries()) {
    if (first === undefined || row.length === first.length) continue;
    yield {
      path: [...path, index + 1],
      message: "a row of another length than the first",
      expected: cells(first.length),
      got: cells(row.length),
    };
  }
}

function cells(count: number): string {
  return count === 1 ? "1 cell" : `${count} cells`;
}
