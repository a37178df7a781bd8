import path from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Seconds that the test files take which take longest, about, with two at a time on two cores. */
const seconds: Readonly<Record<string, number>> = {
  "packages/cli/test/regressions.test.ts": 260,
  "packages/cli/test/both-providers.test.ts": 215,
  "packages/cli/test/only.test.ts": 125,
  "packages/cli/test/repeated-runs.test.ts": 115,
  "packages/cli/test/interruption.test.ts": 75,
  "packages/report/test/browser.test.ts": 35,
  "packages/report/test/hostile.test.ts": 35,
  "packages/cli/test/rehearsal.test.ts": 55,
  "packages/cli/test/docker.test.ts": 55,
  "packages/github/test/interruption-on-docker.test.ts": 50,
  "packages/github/test/interruption.test.ts": 50,
  "packages/github/test/step.test.ts": 45,
  "packages/cli/test/against.test.ts": 45,
  "packages/cli/test/vouched.test.ts": 45,
  "packages/cli/test/references.test.ts": 35,
  "packages/services/test/fidelity/fidelity.test.ts": 30,
  "packages/github/test/act/action.test.ts": 30,
  "scripts/readme/first-steps.test.ts": 30,
};

/** Begins with the test files that take longest: one that begins last would run alone at the end. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const secondsOf = ({ moduleId }: TestSpecification) => seconds[path.relative(this.ctx.config.root, moduleId)] ?? 0;
    return (await super.sort(files)).toSorted((one, other) => secondsOf(other) - secondsOf(one));
  }
}
