// npm run demo [-- --with <regression>]: rehearses the segment-membership scenario, as it is or with one regression laid over it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { parseArgs } from "node:util";
import { layOver, regressionsOf } from "./lay-over.ts";

const root = path.resolve(import.meta.dirname, "..");
const scenario = path.join(root, "fixtures", "segment-membership");
const { values } = parseArgs({ options: { with: { type: "string" } } });

await using stack = new AsyncDisposableStack();
const name = values.with;
const known = await regressionsOf(scenario);
if (name !== undefined && !known.includes(name)) {
  console.error(`There is no regression "${name}". There are: ${known.join(", ")}.`);
  process.exitCode = 2;
} else {
  // The terminal interrupts the rehearsal as well: wait for it to tear down, then take the copy away.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => {});
  const directory = name === undefined ? scenario : stack.use(await layOver(scenario, { name })).directory;
  const main = path.join(root, "packages", "cli", "src", "main.ts");
  const child = spawn(process.execPath, [main, "test", path.relative(process.cwd(), directory)], { stdio: "inherit" });
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  const [code] = await once(child, "exit");
  process.exitCode = typeof code === "number" ? code : 1;
}
