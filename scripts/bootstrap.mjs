// Runs one of our TypeScript programs with everything it needs: node scripts/bootstrap.mjs <program.ts> [arguments…]
// This is the only file that has to run on Node 20: it installs the locked packages once and finds Node 24, which npm brings along.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "..");
const lock = createHash("sha256")
  .update(readFileSync(path.join(root, "package-lock.json")))
  .digest("hex");
const stamp = path.join(root, "node_modules", ".installed-lock");

if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== lock) {
  process.stderr.write("installing the locked packages, once…\n");
  const { status } = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0) {
    process.stderr.write("npm ci failed: see its words above.\n");
    process.exit(3);
  }
  writeFileSync(stamp, lock);
}

const node = findNode();
const [program = "", ...args] = process.argv.slice(2);
const env = {
  ...process.env,
  // Tools with `#!/usr/bin/env node`, and the stages of a rehearsal, get the same Node.
  PATH: [path.dirname(node), path.join(root, "node_modules", ".bin"), process.env.PATH].join(path.delimiter),
  NODE_COMPILE_CACHE: path.join(root, "node_modules", ".compile-cache"),
};
// Rows pass through memory once: with room for them, collecting garbage takes half as long.
const child = spawn(node, ["--max-semi-space-size=64", path.join(root, program), ...args], { stdio: "inherit", env });
// A terminal signals the whole group, a supervisor only this process: the child hears of both, and decides when to end.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => child.kill("SIGTERM"));
child.on("exit", (code, signal) => {
  process.exitCode = code ?? (signal === "SIGINT" ? 130 : 143);
});

function findNode() {
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath;
  const bundled = path.join(root, "node_modules", `node-${process.platform}-${process.arch}`, "bin", "node");
  if (existsSync(bundled)) return bundled;
  process.stderr.write(
    `Rehearse runs on Node 24 or newer; this is ${process.version}, and npm has no Node for ${process.platform}-${process.arch}.\nInstall Node 24 and call again.\n`,
  );
  process.exit(3);
}
