import { readScenario, type Scenario } from "@rehearse/config";
import { engines } from "@rehearse/services";

/** Reads a scenario by its folder or file, for the engines there are. */
export function loadScenario(path: string): Promise<Scenario> {
  return readScenario(path, engines);
}
