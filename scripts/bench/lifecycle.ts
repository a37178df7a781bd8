import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import { engines } from "@rehearse/services";
import { answeringContainers } from "./answering-containers.ts";
import { median, timed, type TimedCommand } from "./timed.ts";

const root = path.resolve(import.meta.dirname, "../..");
const scenario = path.join(root, "fixtures/segment-membership");
const rounds = 3;
const together = "all three at once, until all answer";

interface Figure {
  readonly name: string;
  readonly ms: number[];
}

/**
 * The life of an environment on each provider, beside Docker's own tool with the same containers: medians of some rounds, everything measured in each
 * round, so that a slow moment of the machine is everybody's.
 */
export async function lifecycle(): Promise<string> {
  await using scratch = await scratchFolder();
  const env = { REHEARSE_STATE: path.join(scratch.path, "state") };
  const figures = new Map<string, Figure>();
  const note = (name: string, ms: number): void => {
    const figure = figures.get(name) ?? { name, ms: [] };
    figure.ms.push(ms);
    figures.set(name, figure);
  };
  for (let round = 0; round < rounds; round += 1) {
    process.stderr.write(`round ${round + 1} of ${rounds}\n`);
    for (const provider of ["embedded", "docker"]) {
      note(`${provider}: whole run`, await timed(rehearse(["test", "--provider", provider, "--json"], env)));
      note(`${provider}: up`, await timed(rehearse(["up", "--provider", provider, "--json"], env)));
      note(`${provider}: down`, await timed(rehearse(["down"], env)));
    }
    note("docker compose: up --wait", await timed(compose(["up", "--wait"])));
    note("docker compose: down", await timed(compose(["down", "--volumes"])));
    for (const engine of engines) note(`${engine.name} alone, until it answers`, await answeringContainers([engine]));
    note(together, await answeringContainers(engines));
    note("bundle: first line of the action", await timed(actionThatRefuses(scratch.path)));
  }
  return table([...figures.values()]);
}

function rehearse(args: readonly string[], env: Readonly<Record<string, string>>): TimedCommand {
  const [verb = "", ...options] = args;
  return { argv: [process.execPath, path.join(root, "packages/cli/src/main.ts"), verb, scenario, ...options], env };
}

function compose(args: readonly string[]): TimedCommand {
  const files = engines.flatMap(({ container }) => ["-f", path.join(root, "compose", container.composeFile)]);
  return { argv: ["docker", "compose", "-p", "rehearse-bench", ...files, ...args] };
}

/** It is told of a file that is not there, and says so. */
function actionThatRefuses(scratch: string): TimedCommand {
  const env = {
    INPUT_CONFIG: path.join(scratch, "nowhere"),
    RUNNER_TEMP: scratch,
    GITHUB_STATE: "",
    GITHUB_OUTPUT: "",
    GITHUB_STEP_SUMMARY: "",
  };
  return { argv: [process.execPath, path.join(root, "dist/main/index.js")], env, exitCode: 2, until: "first output" };
}

function table(figures: readonly Figure[]): string {
  const ms = (name: string): number => median(figures.find((figure) => figure.name === name)?.ms ?? []);
  const slowest = Math.max(...engines.map(({ name }) => ms(`${name} alone, until it answers`)));
  const lines = figures.map((figure) => `${figure.name.padEnd(36)} ${seconds(median(figure.ms))}   (${figure.ms.map(seconds).join(", ")})`);
  return [
    `medians of ${rounds} rounds on ${cpus().length} cores`,
    ...lines,
    "",
    `docker: up ÷ the slowest of three at once   ${(ms("docker: up") / ms(together)).toFixed(2)}`,
    `docker: up ÷ the slowest container alone    ${(ms("docker: up") / slowest).toFixed(2)}`,
    `docker: up ÷ docker compose up --wait       ${(ms("docker: up") / ms("docker compose: up --wait")).toFixed(2)}`,
    `docker: down ÷ docker compose down          ${(ms("docker: down") / ms("docker compose: down")).toFixed(2)}`,
    `docker: whole run ÷ embedded: whole run     ${(ms("docker: whole run") / ms("embedded: whole run")).toFixed(2)}`,
  ].join("\n");
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

async function scratchFolder(): Promise<{ path: string } & AsyncDisposable> {
  const folder = await mkdtemp(path.join(tmpdir(), "rehearse-bench-"));
  return { path: folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}
