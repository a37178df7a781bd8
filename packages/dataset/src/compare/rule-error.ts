import { RehearseError } from "@rehearse/errors";

/** What is wrong with a rule of a comparison. */
export interface RuleProblem {
  /** Where it stands below the dataset's rules: `["columns", "amount", "tolerance", "ulp"]`. */
  readonly path: readonly string[];
  readonly message: string;
  readonly expected: string;
  readonly got: string;
  readonly hint: string;
  /** What the data lacks where other data of the same table, to which the rule belongs as well, may have it; undefined where none can. */
  readonly lacks?: "column" | "type";
}

/** A rule that cannot be followed. CONFIG_INVALID; whoever read the rules from a file knows its line. */
export class RuleError extends RehearseError {
  readonly problem: RuleProblem;

  constructor(problem: RuleProblem, cause?: unknown) {
    const { message, expected, got, hint } = problem;
    super({ code: "CONFIG_INVALID", message, expected, got, hint, cause });
    this.name = "RuleError";
    this.problem = problem;
  }
}
