import path from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Seconds that the test files take which take longest, about, with two at a time on two cores. */
const seconds: Readonly<Record<string, number>> = {
  "packages/cli/test/regressions.test.ts": 380,
  "packages/cli/test/both-providers.test.ts": 260,
  "packages/cli/test/only.test.ts": 150,
  "packages/cli/test/repeated-runs.test.ts": 110,
  "packages/cli/test/vouched.test.ts": 80,
  "packages/cli/test/interruption.test.ts": 75,
  "packages/cli/test/rehearsal.test.ts": 60,
  "packages/github/test/interruption.test.ts": 50,
  "packages/github/test/interruption-on-docker.test.ts": 50,
  "packages/cli/test/against.test.ts": 50,
  "packages/services/test/fidelity/fidelity.test.ts": 45,
  "packages/cli/test/docker.test.ts": 45,
  "packages/github/test/act/action.test.ts": 45,
  "scripts/readme/first-steps.test.ts": 45,
  "packages/report/test/browser.test.ts": 40,
  "packages/report/test/hostile.test.ts": 40,
  "packages/github/test/step.test.ts": 40,
  "packages/cli/test/check.test.ts": 30,
  "packages/providers/test/docker/start.test.ts": 25,
  "packages/cli/test/references.test.ts": 25,
};

/** Begins with the test files that take longest: one that begins last would run alone at the end. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const secondsOf = ({ moduleId }: TestSpecification) => seconds[path.relative(this.ctx.config.root, moduleId)] ?? 0;
    return (await super.sort(files)).toSorted((one, other) => secondsOf(other) - secondsOf(one));
  }
}
