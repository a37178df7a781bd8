import type { Check, Divergence } from "../model/report.ts";
import { readVerdicts, type ReadFacts } from "./read-verdicts.ts";

/**
 * Where the data departs from the reference, in the order of the stages. A divergence is a stage's own when nothing it read had changed since the
 * references were accepted, and downstream otherwise: `via` names what had.
 */
export function divergencesOf(facts: ReadFacts): Divergence[] {
  return facts.checks.filter(departs).map((check) => {
    const stage = facts.scenario.stages.find((candidate) => candidate.name === check.stage);
    const reads = stage === undefined ? [] : readVerdicts(stage, facts);
    const via = reads.filter((read) => read.verdict === "different").map((read) => `${read.from}/${read.dataset}`);
    return {
      stage: check.stage,
      dataset: check.kind === "diff" || check.kind === "writes" ? check.name : null,
      assertion: check.kind === "assert" ? check.name : check.kind === "stage" ? "exits with 0" : null,
      origin: via.length === 0 ? "own" : "downstream",
      via,
    };
  });
}

function departs(check: Check): boolean {
  return check.verdict === "different" || check.verdict === "failed";
}
