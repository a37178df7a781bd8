// npm run bench -- <bench>: measures, and prints figures of one run beside each other. Never a test: a busy machine is not a bug.
import { lifecycle } from "./bench/lifecycle.ts";

const benches = { lifecycle } as const;
const [name = ""] = process.argv.slice(2);

if (name === "lifecycle") console.log(await benches[name]());
else {
  console.error(`There is no bench "${name}"; there is: ${Object.keys(benches).join(", ")}.`);
  process.exitCode = 2;
}
