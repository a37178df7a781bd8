// Leaves a heartbeat behind that is nobody's child and in a session of its own, waits for its first beat, and then does as it is told.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const [file = "", end, ...manner] = process.argv.slice(2);
const heartbeat = [join(import.meta.dirname, "heartbeat.ts"), file, ...manner];
const between = `require("node:child_process").spawn(process.execPath, ${JSON.stringify(heartbeat)}, { detached: true, stdio: "ignore" }).unref()`;
spawn(process.execPath, ["-e", between], { detached: true, stdio: "ignore" }).unref();

while (!existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 10));
if (end === "fail") process.exitCode = 3;
if (end === "hang") setInterval(() => undefined, 1_000);
