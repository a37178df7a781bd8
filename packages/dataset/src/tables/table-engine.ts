import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type * as DuckDB from "@duckdb/node-api";
import { assetPath } from "@rehearse/assets";
import { messageOf, RehearseError } from "@rehearse/errors";

/** The table engine is a native program: where a Rehearse has no `node_modules`, as the action has none, its packages have to be fetched. */
export const tableEngine = {
  name: "duckdb",
  title: "DuckDB",
  packages: { folder: assetPath("packages/dataset/packages"), megabytes: 24 },
  installed: existsSync(assetPath("node_modules/@duckdb/node-api")),
};

/**
 * Loads DuckDB from the `node_modules` of a folder, by default where Rehearse itself is installed. `thrifty` gives memory back to the system soon after it is
 * freed; a process that has loaded DuckDB before keeps to what it said then. ENGINE_NOT_AVAILABLE where it cannot be loaded.
 */
export function loadDuckDB({ packages = assetPath(""), thrifty }: { packages?: string | undefined; thrifty: boolean }): typeof DuckDB {
  const before = process.env[allocatorSettings];
  if (thrifty) process.env[allocatorSettings] ??= "narenas:1,dirty_decay_ms:100,muzzy_decay_ms:0";
  try {
    // A name known only now: a bundler must not look for it.
    return createRequire(join(packages, "package.json"))("@duckdb/node-api");
  } catch (error) {
    throw new RehearseError({
      code: "ENGINE_NOT_AVAILABLE",
      message: `DuckDB, which compares the datasets, cannot be loaded on ${process.platform}-${process.arch}: ${messageOf(error)}`,
      hint: "Run this on Linux, macOS or Windows, x64 or arm64; on Alpine, with the package libstdc++.",
      cause: error,
    });
  } finally {
    // Programs that are started later may have the same allocator.
    if (before === undefined) delete process.env[allocatorSettings];
  }
}

/** Where DuckDB's allocator reads its settings, once, when it is loaded: DuckDB itself has none for how long freed memory is kept. */
const allocatorSettings = "DUCKDB_JE_MALLOC_CONF";
