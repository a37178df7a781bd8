import { ConfigError } from "./config-error.ts";
import { inspect, type ScenarioSource } from "./inspect.ts";
import type { Scenario } from "./scenario.ts";

/**
 * Checks and normalises the text of a `rehearse.yml`, with no look at the disk: whether the files it names exist is for `readScenario`.
 * Throws a `ConfigError` with everything that is wrong.
 */
export function parseScenario(source: ScenarioSource): Scenario {
  const { problems, scenario } = inspect(source);
  if (scenario === undefined) throw new ConfigError(source.file, problems);
  return scenario;
}
