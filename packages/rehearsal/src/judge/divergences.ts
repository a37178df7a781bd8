import type { Scenario } from "@rehearse/config";
import type { Check, Divergence } from "../model/report.ts";
import { readVerdicts, type ReadFacts } from "./read-verdicts.ts";

/**
 * Where the data departs from the reference, in the order of the stages. A divergence is a stage's own when all it read was what it was when
 * the references were accepted, and downstream otherwise: `via` names what had changed; it is empty where that is not known, as of a stage that
 * declares no reads and comes after one that differs. An assertion reads whatever earlier stages wrote to its service.
 */
export function divergencesOf(facts: ReadFacts): Divergence[] {
  return facts.checks.filter(departs).map((check) => {
    const stage = facts.scenario.stages.find((candidate) => candidate.name === check.stage);
    const reads = stage === undefined ? [] : readVerdicts(stage, facts);
    const read = reads.filter(({ verdict }) => verdict === "different").map(({ from, dataset }) => `${from}/${dataset}`);
    const asked = servicesOf(check).flatMap((service) => changedBefore(check.stage, service, facts));
    const via = [...new Set([...read, ...asked])];
    const isKnown = reads.length > 0 ? reads.every(({ verdict }) => verdict === "same") : !followsOther(check.stage, facts);
    const own = via.length === 0 && isKnown;
    return {
      stage: check.stage,
      dataset: check.kind === "diff" || check.kind === "writes" ? check.name : null,
      assertion: check.kind === "assert" ? check.name : check.kind === "stage" ? "exits with 0" : null,
      origin: own ? "own" : "downstream",
      via,
    };
  });
}

/** Whether a stage that the stage needs, however far before it, wrote or did anything else than its references say. What is claimed of it is no matter. */
function followsOther(stage: string, { scenario, checks }: ReadFacts): boolean {
  const before = neededBy(stage, scenario);
  return checks.some((check) => before.has(check.stage) && check.kind !== "assert" && (departs(check) || check.verdict === "expected"));
}

function neededBy(stage: string, { stages }: Scenario): Set<string> {
  const needed = new Set([stage]);
  for (const name of needed) for (const other of stages.find((one) => one.name === name)?.needs ?? []) needed.add(other);
  needed.delete(stage);
  return needed;
}

/** A rule that is at fault is no data that departs. */
function departs(check: Check): boolean {
  return check.kind !== "expect" && (check.verdict === "different" || check.verdict === "failed");
}

/** The services that an assertion asks. */
function servicesOf({ detail }: Check): string[] {
  if (detail?.kind === "orphans") return [detail.child, detail.parent].map((column) => column.slice(0, column.indexOf(".")));
  return detail?.kind === "assert" ? [detail.service] : [];
}

/** The datasets of a service that differ as earlier stages left them: what the stage itself writes anew is its own. */
function changedBefore(stage: string, service: string, { scenario, checks }: ReadFacts): string[] {
  const lastWriter = new Map<string, string>();
  for (const step of stagesUntil(stage, scenario)) {
    for (const write of step.writes) if (write.service === service) lastWriter.set(write.name, step.name);
  }
  return [...lastWriter]
    .filter(
      ([dataset, writer]) =>
        writer !== stage && checks.some((it) => it.stage === writer && it.name === dataset && it.verdict === "different"),
    )
    .map(([dataset, writer]) => `${writer}/${dataset}`);
}

function stagesUntil(stage: string, scenario: Scenario): Scenario["stages"] {
  const stages = scenario.order.filter((step) => step.kind === "stage");
  return stages.slice(0, stages.findIndex((step) => step.name === stage) + 1);
}
