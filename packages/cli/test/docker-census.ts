import { execFile, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import type { Workplace } from "./workplace.ts";

const image = "rehearse/postgres:test";

/** Whether tests run that need Docker and the images of `npm run images`: CI has both or fails, elsewhere they are told as skipped. */
export const withDocker = spawnSync("docker", ["image", "inspect", image]).status === 0 || process.env["CI"] === "true";

/** The variables of a run on Docker with the test images. */
export const testImages = Object.fromEntries(
  ["postgres", "clickhouse", "dynamodb"].map((name) => {
    const variable = `REHEARSE_IMAGE_${name.toUpperCase()}`;
    return [variable, process.env[variable] ?? `rehearse/${name}:test`];
  }),
);

/** What the `docker` command writes. */
export async function docker(...args: readonly string[]): Promise<string> {
  return (await promisify(execFile)("docker", args)).stdout.trim();
}

/** What a workplace's environments have in Docker: containers, networks and volumes whose labels name its ledgers, found without any code of Rehearse. */
export async function dockerCensus({ state }: Pick<Workplace, "state">): Promise<string[]> {
  const lists = [
    ["ps", "--all", "--format", "container {{.Names}} {{.Ports}} {{.Labels}}"],
    ["network", "ls", "--format", "network {{.Name}} {{.Labels}}"],
    ["volume", "ls", "--format", "volume {{.Name}} {{.Labels}}"],
  ];
  const found = await Promise.all(lists.map((list) => docker(...list)));
  return found.flatMap((lines) => lines.split("\n")).filter((line) => line.includes(`${state}/`));
}

/** Volumes that nobody named: no label says whose they are. */
export async function namelessVolumes(): Promise<string[]> {
  return (await docker("volume", "ls", "--format", "{{.Name}}")).split("\n").filter((name) => /^[0-9a-f]{64}$/.test(name));
}

/** The ports of 127.0.0.1 that these lines of a census say are published. */
export function portsIn(lines: readonly string[]): number[] {
  return lines.flatMap((line) => Array.from(line.matchAll(/127\.0\.0\.1:(\d+)->/g), ([, port]) => Number(port)));
}

/** The ports on which anybody on this machine listens. */
export function listeningPorts(): Set<number> {
  const rows = readFileSync("/proc/net/tcp", "utf8").split("\n").slice(1);
  const listening = rows.map((row) => row.trim().split(/\s+/)).filter(([, , , state]) => state === "0A");
  return new Set(listening.map(([, address = ""]) => Number.parseInt(address.split(":")[1] ?? "", 16)));
}
