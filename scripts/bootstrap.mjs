// Runs one of our TypeScript programs with everything it needs: node scripts/bootstrap.mjs <program.ts> [arguments…]; without one it only installs.
// This is the only file that has to run on Node 20: it installs the locked packages once and finds Node 24, which npm brings along.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const forwarded = ["SIGINT", "SIGTERM", "SIGHUP"];
const node = installed() ? findNode() : undefined;
if (node === undefined) process.exitCode = 3;
else if (process.argv.length > 2) start(node);

/** Installs what package-lock.json names, unless that was done for this very file. */
function installed() {
  const lock = createHash("sha256");
  lock.update(readFileSync(path.join(root, "package-lock.json")));
  const digest = lock.digest("hex");
  const stamp = path.join(root, "node_modules", ".installed-lock");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === digest) return true;
  process.stderr.write("installing the locked packages, once…\n");
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const { status } = spawnSync("npm", args, { cwd: root, stdio: ["ignore", 2, 2] });
  if (status === 0) writeFileSync(stamp, digest);
  else process.stderr.write("npm ci failed: see its words above.\n");
  return status === 0;
}

/** Node 24 or newer: the one that runs this, or the one that came as a package. */
function findNode() {
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath;
  const bundled = path.join(root, "node_modules", `node-${process.platform}-${process.arch}`, "bin", "node");
  if (existsSync(bundled)) return bundled;
  process.stderr.write(
    `Rehearse runs on Node 24 or newer; this is ${process.version}, and there is no package of it for ${process.platform}-${process.arch}.\n`,
  );
  process.stderr.write("Install Node 24 and call again.\n");
  return undefined;
}

function start(executable) {
  const [program = "", ...args] = process.argv.slice(2);
  const env = {
    ...process.env,
    // Tools with `#!/usr/bin/env node`, and the stages of a rehearsal, get the same Node.
    PATH: [path.dirname(executable), path.join(root, "node_modules", ".bin"), process.env.PATH].join(path.delimiter),
    NODE_COMPILE_CACHE: path.join(root, "node_modules", ".compile-cache"),
    // Whose channel it is that closes.
    REHEARSE_LAUNCHER: String(process.pid),
  };
  // Rows pass through memory once: with room for them from the start, collecting garbage takes a quarter of the time.
  const child = spawn(executable, ["--min-semi-space-size=16", "--max-semi-space-size=64", path.join(root, program), ...args], {
    // The channel says nothing. It closes when this process is gone, however that came about: then the program ends as well.
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env,
  });
  // The program decides when to end, and takes what a terminal sends to the whole group as well as to us for one signal.
  for (const signal of forwarded) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? 128 + constants.signals[signal];
    if (signal !== null && !forwarded.includes(signal)) process.stderr.write(endedBy(signal));
  });
}

/** Nobody else can say it: the program had no time to. */
function endedBy(signal) {
  const why = ["SIGKILL", "SIGABRT"].includes(signal) ? " (out of memory?)" : "";
  return `\n✗ The command was ended by ${signal}${why}. What it had started may still be there.\n  next      rehearse down <scenario>; rehearse status lists what was left\n`;
}
