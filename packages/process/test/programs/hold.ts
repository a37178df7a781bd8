// Holds so many megabytes, says so in its file, and lets go a second after another has said the same in the other file.
import { existsSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const [megabytes, own = "", other = ""] = process.argv.slice(2);
const held = Buffer.alloc(Number(megabytes) * 1e6, 1);
writeFileSync(own, "");
while (!existsSync(other)) await sleep(10);
await sleep(1_000);
process.exitCode = held.length > 0 ? 0 : 1;
