import { enableCompileCache } from "node:module";

// The sources are compiled once, not at every start: a developer types this ten times an hour.
enableCompileCache();
const { runCli } = await import("./run-cli.ts");
process.exitCode = await runCli({ argv: process.argv.slice(2), stdout: process.stdout, stderr: process.stderr, env: process.env });
