import { RehearseError } from "@rehearse/errors";
import { renderProblem, type ConfigProblem } from "./config-problem.ts";

/** The file cannot be used. Carries everything that is wrong with it, in the order of the file; the message says it all. */
export class ConfigError extends RehearseError {
  readonly problems: readonly ConfigProblem[];

  /** `then` is what to do when they are mended. */
  constructor(file: string, problems: readonly ConfigProblem[], then = "run the same command again") {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    super({
      code: "CONFIG_INVALID",
      message: `${count} in ${file}\n\n${problems.map(renderProblem).join("\n\n")}`,
      hint: `Mend ${problems.length === 1 ? "this place" : "these places"} in ${file}, then ${then}.`,
    });
    this.name = "ConfigError";
    this.problems = problems;
  }
}
