import type { Scenario, SeedConfig, StageConfig } from "@rehearse/config";
import { engineNamed } from "@rehearse/services";
import { againstRequest, type AgainstRequest } from "./against/against-request.ts";
import { loadScenario } from "./load-scenario.ts";
import { planSteps, type PlannedStep } from "./steps/plan-steps.ts";
import type { TestRequest } from "./test-scenario.ts";

export interface PlanRequest extends Pick<TestRequest, "against" | "noise" | "only"> {
  /** The scenario's folder or file, as the user named it. */
  readonly path: string;
}

/** What a rehearsal would do, as lines for a person; nothing is started. */
export async function planScenario({ path, against = "stored", noise = false, only = null }: PlanRequest): Promise<string> {
  const asked = againstRequest(against, { noise });
  const scenario = await loadScenario(path);
  return renderPlan(scenario, { asked, plan: planSteps(scenario, only), whole: only === null });
}

interface Planned {
  readonly asked: AgainstRequest;
  readonly plan: readonly PlannedStep[];
  readonly whole: boolean;
}

function renderPlan(scenario: Scenario, { asked, plan, whole }: Planned): string {
  const services = scenario.services.map((service) => [
    service.name,
    `${engineNamed(service.engine).title}${service.port === undefined ? "" : ` on port ${service.port}`}`,
  ]);
  const steps = plan.flatMap((planned) => {
    if (planned.act === "load") return [["load", loadText(planned.stage)]];
    const { step, ask } = planned;
    return [step.kind === "seed" ? seedLine(step) : stageLine(step), ...(ask ? assertionLines(scenario, step) : [])];
  });
  const width = Math.max(...[...services, ...steps].map(([name = ""]) => name.length));
  const lines = (rows: readonly (readonly string[])[]) =>
    rows.map(([name = "", text = ""]) => `  ${name.padEnd(width)}  ${text}`.trimEnd());
  return [
    `${scenario.name}: what a rehearsal would do`,
    "",
    "services",
    ...lines(services),
    "",
    "steps, in this order",
    ...lines(steps),
    "",
    `then ${whole ? "every dataset" : "what the last stage wrote"} is compared with ${sideText(asked)}, and the environment is taken down.`,
    "",
  ].join("\n");
}

function sideText(asked: AgainstRequest): string {
  if (asked.kind === "stored") return "its reference";
  if (asked.kind === "run") return `that of run ${asked.run}`;
  const name = asked.asked === "base" ? "the base, the merge base with the main line" : `the revision ${asked.asked}`;
  return `that of ${name}, which was rehearsed ${asked.noise ? "twice " : ""}before on the same seeds`;
}

function loadText({ name, writes }: StageConfig): string {
  const tables = writes.filter(({ source }) => "table" in source).map((write) => write.name);
  return tables.length === 0
    ? `nothing for ${name}: it writes no table`
    : `${tables.join(", ")} as ${name} had left ${tables.length === 1 ? "it" : "them"}`;
}

function seedLine(seed: SeedConfig): string[] {
  return ["seed", `${seed.name} → ${seed.table === undefined ? seed.service : `${seed.service}.${seed.table}`}`];
}

function stageLine(stage: StageConfig): string[] {
  const parts = [
    stage.run.slice(0, 3).join(" ") === "bash -euo pipefail" ? (stage.run.at(-1) ?? "") : stage.run.join(" "),
    stage.reads.length === 0 ? "" : `reads ${stage.reads.map((read) => read.name).join(", ")}`,
    stage.writes.length === 0 ? "" : `writes ${stage.writes.map((write) => write.name).join(", ")}`,
  ];
  return [stage.name, parts.filter((part) => part !== "").join(" · ")];
}

function assertionLines(scenario: Scenario, step: SeedConfig | StageConfig): string[][] {
  return step.kind === "seed" ? [] : scenario.assertions.filter((it) => it.after === step.name).map((it) => ["assert", it.name]);
}
