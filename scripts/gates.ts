import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");

/** A check of the sources that fails not only when it finds something, but also when it examined less than it must have. */
export interface Gate {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** How many files it says it examined, from its output; null where it does not say. */
  readonly examined: (output: string) => number | null;
  /** Fewer than this many means that it looked at nothing. */
  readonly atLeast: number;
  /** What a good end is; by default exit code 0. */
  readonly passes?: (ended: { readonly code: number | null; readonly output: string }) => boolean;
}

export interface GateResult {
  readonly name: string;
  readonly ok: boolean;
  readonly summary: string;
  readonly output: string;
}

const firstNumber = (pattern: RegExp) => (output: string) => {
  const match = pattern.exec(output);
  return match?.[1] === undefined ? null : Number(match[1]);
};
const canary = "scripts/canary/never-imported.ts";

/** All gates, the quick ones first. */
export const gates: readonly Gate[] = [
  {
    name: "format",
    command: ["oxfmt", "--check"],
    examined: firstNumber(/on (\d+) files/),
    atLeast: 100,
  },
  {
    name: "lint",
    command: ["oxlint", "--type-aware", "--deny-warnings"],
    examined: firstNumber(/on (\d+) files/),
    atLeast: 100,
  },
  {
    name: "types",
    command: ["tsc", "--project", ".", "--listFiles"],
    examined: (output) => output.split("\n").filter((line) => line.startsWith(root) && !line.includes("node_modules")).length,
    atLeast: 100,
  },
  {
    name: "architecture",
    command: ["depcruise", "packages", "actions", "scripts", "fixtures", "--config", ".dependency-cruiser.mjs"],
    examined: firstNumber(/\((\d+) modules/),
    atLeast: 100,
  },
  {
    name: "unused code",
    command: ["knip", "--reporter", "compact", "--no-progress"],
    examined: (output) => (output.includes(canary) ? 1 : null),
    atLeast: 1,
    passes: ({ output }) => {
      const findings = output.split("\n").filter((line) => /\.(ts|mjs|json)\b/.test(line) && !line.startsWith("npm warn"));
      return findings.length === 1 && findings[0]?.includes(canary) === true;
    },
  },
  {
    name: "generated files",
    command: [process.execPath, path.join("scripts", "generate.ts"), "--check"],
    examined: firstNumber(/(\d+) generated files/),
    atLeast: 4,
  },
  {
    name: "repository text",
    command: [process.execPath, path.join("scripts", "check-text.ts")],
    examined: firstNumber(/(\d+) files/),
    atLeast: 100,
  },
  {
    name: "bundle",
    command: [process.execPath, path.join("scripts", "bundle.ts"), "--check"],
    examined: firstNumber(/(\d+) bundled files/),
    atLeast: 6,
  },
];

/** Runs all gates, each beside the one before it, and gives their results in order. */
export async function* runGates(): AsyncGenerator<GateResult> {
  const running = gates.slice(0, 2).map(runGate);
  for (let index = 0; index < gates.length; index += 1) {
    const result = await running[index];
    const following = gates[index + 2];
    if (following !== undefined) running.push(runGate(following));
    if (result !== undefined) yield result;
  }
}

/** Runs one gate to its end. */
async function runGate(gate: Gate): Promise<GateResult> {
  const [file, ...args] = gate.command;
  const child = spawn(file, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, NO_COLOR: "1" } });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", resolve);
  });
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  const output = stdout + stderr;
  const examined = gate.examined(output);
  const found = gate.passes === undefined ? code === 0 : gate.passes({ code, output });
  const looked = examined !== null && examined >= gate.atLeast;
  const summary = looked
    ? `${examined} examined`
    : `examined ${examined ?? "nothing that it would name"}, expected at least ${gate.atLeast}`;
  return { name: gate.name, ok: found && looked, summary, output };
}
