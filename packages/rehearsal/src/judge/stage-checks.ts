import type { DatasetConfig, StageConfig } from "@rehearse/config";
import type { Check } from "../model/report.ts";
import type { StageFact } from "../model/run.ts";

/** The check of a stage that ended badly. */
export function failedStage(stage: StageConfig, { exitCode, signal, timedOut, output }: StageFact): Check {
  const seconds = stage.timeoutMs / 1000;
  const reason = timedOut
    ? `it ran longer than ${seconds} s and was ended`
    : signal === null
      ? `it exited with ${exitCode}`
      : `it was ended by ${signal}`;
  const hint = timedOut ? `raise stages.${stage.name}.timeout, or find what it waits for` : "";
  const detail = { kind: "stage" as const, exitCode, signal, timedOut, output };
  return {
    name: stage.name,
    kind: "stage",
    stage: stage.name,
    verdict: "failed",
    counts: null,
    reason,
    hint,
    line: stage.position.line,
    detail,
  };
}

/** The check of a table that a stage moved without declaring it. */
export function undeclaredWrite(stage: StageConfig, moved: StageFact["undeclared"][number]): Check {
  return {
    name: moved.dataset,
    kind: "writes",
    stage: stage.name,
    verdict: "different",
    counts: null,
    reason: `${stage.name} wrote it without declaring it`,
    hint: `add ${moved.dataset} to stages.${stage.name}.writes, or stop writing it`,
    line: stage.position.line,
    detail: { kind: "writes", rows: { before: moved.rowsBefore, after: moved.rowsAfter } },
  };
}

/** The check of a declared dataset that could not be read although the stage ended well. */
export function notRead(
  stage: StageConfig,
  { config, unread }: { readonly config: DatasetConfig; readonly unread: StageFact["unread"][number] },
): Check {
  return {
    name: config.name,
    kind: "diff",
    stage: stage.name,
    verdict: unread.missing ? "different" : "failed",
    counts: null,
    reason: unread.missing
      ? `${stage.name} ended well, but ${"files" in config.source ? "left no such file" : "there is no such table"}`
      : unread.reason,
    hint: unread.missing ? `see that ${stage.name} writes it, or take it out of stages.${stage.name}.writes` : "",
    line: config.position.line,
    detail: null,
  };
}
