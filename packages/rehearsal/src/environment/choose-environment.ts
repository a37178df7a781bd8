import path from "node:path";
import type { Scenario } from "@rehearse/config";
import { RehearseError } from "@rehearse/errors";
import { listEnvironments, type ListedEnvironment } from "@rehearse/providers";
import { foldersOf } from "../store/scenario-folders.ts";

export interface EnvironmentChoice {
  readonly scenario: Scenario;
  /** The id that was asked for; undefined: the latest. */
  readonly id: string | undefined;
  /** Which of the scenario's environments come into question. */
  readonly isMeant: (environment: ListedEnvironment) => boolean;
}

export interface ChosenEnvironment {
  readonly environment: ListedEnvironment;
  /** The ids of those that came into question as well, the latest first. */
  readonly others: readonly string[];
}

/** One environment of a scenario: the one that is named, else the latest. ENVIRONMENT_NOT_FOUND. */
export function chooseEnvironment({ scenario, id, isMeant }: EnvironmentChoice): ChosenEnvironment {
  const all = listEnvironments()
    .filter((one) => one.scenarioDirectory === scenario.directory && isMeant(one))
    .toReversed();
  const environment = id === undefined ? all[0] : all.find((one) => one.id === id);
  if (environment !== undefined) return { environment, others: all.filter((one) => one !== environment).map((one) => one.id) };
  throw new RehearseError({
    code: "ENVIRONMENT_NOT_FOUND",
    message: `No environment ${id === undefined ? "" : `${id} `}of ${scenario.name} is up.`,
    ...(all.length === 0 ? {} : { expected: `one of ${all.map((one) => one.id).join(", ")}` }),
    hint: all.length === 0 ? `rehearse up ${scenario.directory}` : "rehearse status lists what is up.",
  });
}

/** The configuration of a service that the user named. USAGE, with those that there are, and for a stage with the place of its output. */
export function serviceNamed(scenario: Scenario, name: string): Scenario["services"][number] {
  const service = scenario.services.find((one) => one.name === name);
  if (service !== undefined) return service;
  const known = { expected: `one of ${scenario.services.map((one) => one.name).join(", ")}`, got: name };
  if (scenario.stages.some((stage) => stage.name === name)) {
    throw new RehearseError({
      code: "USAGE",
      message: `${name} is a stage of ${scenario.name}, not a service.`,
      ...known,
      hint: `The report shows the output of a stage that failed; run.json of each run has the last lines of every stage: ${path.relative("", foldersOf(scenario).runs)}`,
    });
  }
  throw new RehearseError({
    code: "USAGE",
    message: `${scenario.name} has no service "${name}".`,
    ...known,
    hint: `The services are those of ${scenario.file}; the scenario's folder comes after the service.`,
  });
}
