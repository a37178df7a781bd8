import type { Draft } from "../draft.ts";
import type { Finding } from "../finding.ts";
import { parseTemplate } from "../template.ts";

/** Files are looked for in the stage's output folder, which the stage must have been told. */
export function* untoldOutputs(draft: Draft): Iterable<Finding> {
  for (const { name, path, value } of draft.stages) {
    for (const [index, write] of (value.writes ?? []).entries())
      if (typeof write !== "string" && "files" in write) yield* untold(draft, { stage: name, path: [...path, "writes", index, "files"] });
  }
  for (const { path, value } of draft.assertions) {
    if (value.files !== undefined && value.after !== undefined) yield* untold(draft, { stage: value.after, path: [...path, "files"] });
  }
}

function* untold(draft: Draft, use: { readonly stage: string; readonly path: Finding["path"] }): Iterable<Finding> {
  const stage = draft.stages.find(({ name }) => name === use.stage);
  if (stage === undefined || !stage.isWhole) return;
  const parts = Object.values(stage.value.env ?? {}).flatMap((text) => parseTemplate(text).template);
  if (parts.some((part) => typeof part !== "string" && "folder" in part)) return;
  yield {
    path: use.path,
    at: "key",
    message: `stage ${use.stage} is not told its output folder`,
    expected: `a variable such as OUTPUT: "\${output}" in stages.${use.stage}.env`,
    got: "none",
  };
}
