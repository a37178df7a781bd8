import type { Draft } from "../draft.ts";
import { describe, type Finding, type Path } from "../finding.ts";
import { asList } from "../as-list.ts";

/** Lists that name things name each once. */
export function* repeats(draft: Draft): Iterable<Finding> {
  for (const { path, value } of draft.stages) {
    const writes = value.writes ?? [];
    yield* repeated(value.needs ?? [], [...path, "needs"]);
    yield* repeated(value.reads ?? [], [...path, "reads"]);
    yield* repeated(
      writes.map((write) => (typeof write === "string" ? write : write.name)),
      [...path, "writes"],
    );
    for (const [index, write] of writes.entries()) {
      if (typeof write !== "string") yield* repeated(write.key ?? [], [...path, "writes", index, "key"]);
    }
  }
  for (const { path, value } of draft.seeds) yield* repeated(asList(value.after), [...path, "after"]);
  for (const { path, value } of draft.diffs) {
    yield* repeated(value.key ?? [], [...path, "key"]);
    yield* repeated(value.ignore ?? [], [...path, "ignore"]);
  }
  for (const { path, value } of draft.expected) {
    yield* repeated(value.columns ?? [], [...path, "columns"]);
    yield* repeated(value.kinds ?? [], [...path, "kinds"]);
  }
}

function* repeated(names: readonly string[], path: Path): Iterable<Finding> {
  for (const [index, name] of names.entries()) {
    if (names.indexOf(name) === index) continue;
    yield { path: [...path, index], message: "named twice in this list", expected: "each name once", got: describe(name) };
  }
}
