import type { Scenario, SeedConfig, StageConfig } from "@rehearse/config";
import { engineNamed } from "@rehearse/services";
import { loadScenario } from "./load-scenario.ts";

/** What a rehearsal would do, as lines for a person; nothing is started. */
export async function planScenario(path: string): Promise<string> {
  return renderPlan(await loadScenario(path));
}

function renderPlan(scenario: Scenario): string {
  const services = scenario.services.map((service) => [
    service.name,
    `${engineNamed(service.engine).title}${service.port === undefined ? "" : ` on port ${service.port}`}`,
  ]);
  const steps = scenario.order.flatMap((step) => [
    step.kind === "seed" ? seedLine(step) : stageLine(step),
    ...assertionLines(scenario, step),
  ]);
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
    "then every dataset is compared with its reference, and the environment is taken down.",
    "",
  ].join("\n");
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
