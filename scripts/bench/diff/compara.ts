import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import path from "node:path";

const version = "0.6.0";

/** The program `compara`, the quickest of the tools that were measured, installed into a folder by pip; null where that cannot be done here. */
export async function comparaIn(folder: string): Promise<string | null> {
  const home = path.join(folder, `compara-${version}`);
  const program = path.join(home, "bin", "compara");
  if (existsSync(program)) return program;
  try {
    await promisify(execFile)("python3", ["-m", "venv", home]);
    await promisify(execFile)(path.join(home, "bin", "pip"), ["install", "--quiet", `compara==${version}`]);
    return program;
  } catch (error) {
    process.stderr.write(`without compara: ${String(error)}\n`);
    return null;
  }
}
