import type { StageConfig } from "@rehearse/config";
import type { Report } from "../model/report.ts";
import { readVerdicts, type ReadFacts } from "./read-verdicts.ts";
import { factOf } from "./stage-facts.ts";
import { verdictOf } from "./verdict-of.ts";

/** One stage as the report shows it: what it cost, and the verdicts on what it wrote. */
export function stageReport(stage: StageConfig, facts: ReadFacts): Report["stages"][number] {
  const { run, checks } = facts;
  const fact = factOf(run, stage.name);
  const own = checks.filter((check) => check.stage === stage.name);
  return {
    name: stage.name,
    verdict: fact === undefined ? "not compared" : own.length === 0 ? "same" : verdictOf(own),
    wallMs: fact?.wallMs ?? null,
    cpuMs: fact?.cpuMs ?? null,
    maxRssBytes: fact?.maxRssBytes ?? null,
    exitCode: fact?.exitCode ?? null,
    needs: [...stage.needs],
    reads: readVerdicts(stage, facts).map(({ dataset, rows, verdict }) => ({ dataset, rows, verdict })),
    writes: stage.writes.map((write) => ({
      dataset: write.name,
      rows: fact?.writes.find((it) => it.dataset === write.name)?.rows ?? null,
      verdict: own.find((check) => check.kind === "diff" && check.name === write.name)?.verdict ?? "not compared",
    })),
  };
}
