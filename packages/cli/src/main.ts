import { enableCompileCache } from "node:module";
import { loadCommand } from "./start/load-command.ts";

// The sources are put together and compiled once, not at every start: a developer types this ten times an hour.
enableCompileCache();
const { runCli } = await loadCommand();
process.exitCode = await runCli({ argv: process.argv.slice(2), stdout: process.stdout, stderr: process.stderr, env: process.env });
