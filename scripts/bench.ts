// npm run bench -- <bench> [arguments]: measures, and prints figures of one run beside each other. Never a test: a busy machine is not a bug.
import { diff } from "./bench/diff.ts";
import { lifecycle } from "./bench/lifecycle.ts";
import { tables } from "./bench/tables.ts";

const benches: Readonly<Record<string, (args: readonly string[]) => Promise<string>>> = { lifecycle, diff, tables };
const [name = "", ...args] = process.argv.slice(2);
const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;

if (bench !== undefined) console.log(await bench(args));
else {
  console.error(`There is no bench "${name}"; there is: ${Object.keys(benches).join(", ")}.`);
  process.exitCode = 2;
}
