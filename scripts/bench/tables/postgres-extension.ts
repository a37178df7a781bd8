import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

/** Of the DuckDB that reads with it, exactly. */
const version = "1.5.5";

/** DuckDB's own extension that reads Postgres, a signed file out of a package of pip's in the user's cache; null where it cannot be had here. */
export async function postgresExtension(): Promise<string | null> {
  const { XDG_CACHE_HOME: cache = path.join(homedir(), ".cache") } = process.env;
  const folder = path.join(cache, "rehearse-bench", `postgres-scanner-${version}`);
  const file = path.join(folder, "duckdb_extension_postgres_scanner", "extensions", `v${version}`, "postgres_scanner.duckdb_extension");
  if (existsSync(file)) return file;
  try {
    const wanted = `duckdb-extension-postgres-scanner==${version}`;
    await promisify(execFile)("python3", ["-m", "pip", "install", "--quiet", "--no-deps", "--target", folder, wanted]);
    return file;
  } catch (error) {
    process.stderr.write(`without DuckDB's extension: ${String(error)}\n`);
    return null;
  }
}
