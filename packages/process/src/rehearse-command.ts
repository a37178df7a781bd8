import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/**
 * How Rehearse is called from a folder, for commands to copy: `npx rehearse` only where that folder or one above it has Rehearse installed. Anywhere
 * else npx would fetch and run whatever package of that name lies in the registry.
 */
export function rehearseCommand(directory = process.cwd()): "npx rehearse" | "rehearse" {
  return isInstalledAt(resolve(directory)) ? "npx rehearse" : "rehearse";
}

function isInstalledAt(directory: string): boolean {
  if (existsSync(join(directory, "node_modules", ".bin", "rehearse"))) return true;
  const parent = dirname(directory);
  return parent !== directory && isInstalledAt(parent);
}
