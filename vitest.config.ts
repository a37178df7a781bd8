import { defineConfig } from "vitest/config";
import { LongestFirst } from "./scripts/longest-first.ts";

export default defineConfig({
  test: {
    include: ["packages/*/{src,test}/**/*.test.ts", "fixtures/*/test/**/*.test.ts", "scripts/**/*.test.ts"],
    passWithNoTests: false,
    // Real engines start in these tests; two cores are shared by all of them. A seventh of the time they wait, which in CI a third fills.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: process.env["CI"] === "true" ? 3 : 2,
    sequence: { sequencer: LongestFirst },
  },
});
