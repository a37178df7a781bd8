import type { Draft } from "../draft.ts";
import { unknownWord, type Finding, type Path } from "../finding.ts";
import { splitTable } from "../split-table.ts";

interface Mention {
  readonly word: string;
  readonly path: Path;
}

/** Services that are named and not declared. */
export function* unknownServices(draft: Draft): Iterable<Finding> {
  for (const { word, path } of serviceMentions(draft)) {
    if (!draft.serviceNames.includes(word)) yield unknownWord({ kind: "service", word, known: draft.serviceNames, path });
  }
}

/** Stages that are named and not declared. */
export function* unknownStages(draft: Draft): Iterable<Finding> {
  for (const { word, path } of stageMentions(draft)) {
    if (!draft.stageNames.includes(word)) yield unknownWord({ kind: "stage", word, known: draft.stageNames, path });
  }
}

function* serviceMentions(draft: Draft): Iterable<Mention> {
  for (const { path, value } of draft.stages) {
    for (const [index, read] of (value.reads ?? []).entries()) yield { word: splitTable(read).service, path: [...path, "reads", index] };
    for (const [index, write] of (value.writes ?? []).entries()) {
      const item = [...path, "writes", index];
      if (typeof write === "string") yield { word: splitTable(write).service, path: item };
      else if ("in" in write) yield { word: write.in, path: [...item, "in"] };
    }
  }
  for (const { path, value } of draft.seeds) {
    if (value.into !== undefined) yield { word: splitTable(value.into).service, path: [...path, "into"] };
  }
  for (const { path, value } of draft.assertions) {
    if (value.in !== undefined) yield { word: value.in, path: [...path, "in"] };
    for (const [side, column] of Object.entries(value.orphans ?? {}))
      yield { word: splitTable(column).service, path: [...path, "orphans", side] };
  }
}

function* stageMentions(draft: Draft): Iterable<Mention> {
  for (const { path, value } of draft.stages) {
    for (const [index, need] of (value.needs ?? []).entries()) yield { word: need, path: [...path, "needs", index] };
  }
  for (const { path, value } of draft.seeds) {
    if (typeof value.after === "string") yield { word: value.after, path: [...path, "after"] };
    else for (const [index, after] of (value.after ?? []).entries()) yield { word: after, path: [...path, "after", index] };
  }
  for (const { path, value } of draft.assertions) {
    if (value.after !== undefined) yield { word: value.after, path: [...path, "after"] };
  }
}
