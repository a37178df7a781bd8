import { basename } from "node:path";
import type { ProgramCommand } from "@rehearse/process";

/** The npm that runs us, else the one on PATH. The user's registry, proxy and credentials come with the environment. */
export function npmCommand(args: readonly string[], cwd: string): ProgramCommand {
  const script = process.env["npm_execpath"];
  const env = Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
  // Another package manager may be what runs us, under the same name.
  if (script !== undefined && basename(script) === "npm-cli.js") return { file: process.execPath, args: [script, ...args], env, cwd };
  return { file: "npm", args, env, cwd };
}
