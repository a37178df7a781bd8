import { defineConfig } from "vitest/config";
import { LongestFirst } from "./scripts/longest-first.ts";

export default defineConfig({
  plugins: [
    {
      // Packages as users have them: what micromark has for developers checks itself at every character, for half as long again.
      name: "not-for-developers",
      configResolved: ({ ssr, environments }) => {
        for (const { resolve } of [ssr, ...Object.values(environments)]) {
          if (resolve?.conditions === undefined) continue;
          resolve.conditions = resolve.conditions.filter((condition) => !condition.startsWith("development"));
        }
      },
    },
  ],
  test: {
    include: ["packages/*/{src,test}/**/*.test.ts", "fixtures/*/test/**/*.test.ts", "scripts/**/*.test.ts"],
    passWithNoTests: false,
    // Real engines start in these tests; two cores are shared by all of them.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // A tenth of the time of tests that make much garbage is else spent on collecting it.
    execArgv: ["--max-semi-space-size=64"],
    sequence: { sequencer: LongestFirst },
  },
});
