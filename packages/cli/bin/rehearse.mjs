#!/usr/bin/env node
// The command `rehearse` inside this repository: the same start as the npm scripts.
process.argv.splice(2, 0, "packages/cli/src/main.ts");
await import("../../../scripts/bootstrap.mjs");
