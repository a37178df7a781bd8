// npm run demo [-- --with <regression>]: rehearses the segment-membership scenario, as it is or with one regression laid over it.
import path from "node:path";
import { parseArgs } from "node:util";
import { loadCommand } from "../packages/cli/src/start/load-command.ts";
import { layOver, regressionsOf } from "./lay-over.ts";

const scenario = path.resolve(import.meta.dirname, "../fixtures/segment-membership");
const { values } = parseArgs({ options: { with: { type: "string" } }, strict: false });
const name = typeof values.with === "string" ? values.with : undefined;
const known = await regressionsOf(scenario);
const unknown = Object.keys(values).find((option) => option !== "with");

if (unknown !== undefined) {
  console.error(`There is no option --${unknown}; there is --with <${known.join(" | ")}>.`);
  process.exitCode = 2;
} else if (name !== undefined && !known.includes(name)) {
  console.error(`There is no regression "${name}". There are: ${known.join(", ")}.`);
  process.exitCode = 2;
} else {
  await using laid = name === undefined ? null : await layOver(scenario, { name, copy: name });
  const argv = ["test", path.relative(process.cwd(), laid?.directory ?? scenario), "--provider", "embedded"];
  const { runCli } = await loadCommand();
  process.exitCode = await runCli({ argv, stdout: process.stdout, stderr: process.stderr, env: process.env });
}
