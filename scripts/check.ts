// npm run check: every gate over the sources, without the tests.
import { gates, runGates } from "./gates.ts";

let failed = 0;
for await (const { name, ok, summary, output } of runGates()) {
  console.log(`${ok ? "✓" : "✗"} ${name.padEnd(16)} ${summary}`);
  if (!ok) {
    failed += 1;
    const lines = output.split("\n").filter((line) => !line.includes("node_modules"));
    console.log(lines.slice(0, 60).join("\n"));
  }
}
console.log(`${gates.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
