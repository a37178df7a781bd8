import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { clickhouse } from "../../src/clickhouse/index.ts";

/** The engine's packages, installed once for each lockfile: the next run finds them there. */
export async function installedPackages(): Promise<string> {
  const { folder } = clickhouse.embedded.packages;
  const lock = await readFile(join(folder, "package-lock.json"));
  const cache = join(tmpdir(), `rehearse-test-clickhouse-${createHash("sha256").update(lock).digest("hex").slice(0, 12)}`);
  if (existsSync(cache)) return cache;
  const fresh = await mkdtemp(`${cache}-`);
  await cp(folder, fresh, { recursive: true });
  await promisify(execFile)("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: fresh });
  // Another test file may have been quicker.
  await rename(fresh, cache).catch(async () => rm(fresh, { recursive: true }));
  return cache;
}
