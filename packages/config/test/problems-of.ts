import { ConfigError, parseScenario, type ConfigProblem } from "../src/index.ts";
import { engines } from "./engine-facts.ts";

/** What is wrong with a text; anything but a designed refusal is thrown on. */
export function problemsOf(text: string): readonly ConfigProblem[] {
  try {
    parseScenario({ text, file: "rehearse.yml", engines });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}
