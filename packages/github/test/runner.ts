import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parse } from "yaml";
import { z } from "zod";
import { readFileCommands } from "./file-commands.ts";
import { readLog, type StepLog } from "./step-log.ts";

const repository = path.resolve(import.meta.dirname, "../../..");
const scenarios = path.join(repository, "packages/cli/test/scenarios");

const texts = z.record(z.string(), z.looseObject({ description: z.string(), default: z.string().optional() }));
/** What `action.yml` says of the action. */
export const action = z
  .looseObject({ inputs: texts, outputs: texts, runs: z.strictObject({ using: z.string(), main: z.string(), post: z.string() }) })
  .parse(parse(readFileSync(path.join(repository, "action.yml"), "utf8")));

const fileCommands = ["GITHUB_OUTPUT", "GITHUB_STATE", "GITHUB_STEP_SUMMARY"];

export interface RunnerOptions {
  readonly event?: string;
  readonly payload?: unknown;
  /** Where GitHub's API is; by default nobody listens there. */
  readonly apiUrl?: string;
  /** What else the machine's environment holds. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface StepEnd extends StepLog {
  readonly code: number | null;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly ms: number;
}

/** What the pull request's head is, and what a push or another event is for. */
export const commits = { head: "abcdef0".padEnd(40, "1"), pushed: "1234567".padEnd(40, "8") };

export const pullRequest = (fromFork = false): unknown => ({
  pull_request: { number: 7, head: { sha: commits.head, repo: { full_name: fromFork ? "stranger/shop" : "acme/shop", fork: fromFork } } },
});

/** A runner of GitHub Actions, as far as the two programs of an action can tell, and a machine of its own, as far as Rehearse can. */
export class Runner implements AsyncDisposable {
  readonly root: string;
  /** For the census: where an environment has its folders and its ledgers. */
  readonly tmp: string;
  readonly state: string;
  readonly workspace: string;
  readonly #options: RunnerOptions;
  #inputs: Readonly<Record<string, string>> = {};

  private constructor(root: string, options: RunnerOptions) {
    this.root = root;
    this.tmp = path.join(root, "t");
    this.state = path.join(root, "s");
    this.workspace = path.join(root, "w");
    this.#options = options;
  }

  static async make(options: RunnerOptions = {}): Promise<Runner> {
    const runner = new Runner(await mkdtemp(path.join(os.tmpdir(), "ra-")), options);
    for (const folder of [runner.root, runner.tmp, runner.workspace, runner.state]) {
      await mkdir(folder, { recursive: true });
      await chmod(folder, 0o711);
    }
    await writeFile(runner.#file("event.json"), JSON.stringify(options.payload ?? {}));
    for (const name of fileCommands) await writeFile(runner.#file(name), "");
    return runner;
  }

  /** A copy of a scenario, of the command line's tests or by its path, in the workspace; resolves to its folder. */
  async copy(scenario: string): Promise<string> {
    const folder = path.join(this.workspace, path.basename(scenario));
    const filter = (source: string): boolean => path.basename(source) !== ".rehearse";
    await cp(path.resolve(scenarios, scenario), folder, { recursive: true, filter });
    return folder;
  }

  /** The defaults of action.yml are the inputs that are not given. */
  main(inputs: Readonly<Record<string, string>>): RunningStep {
    const given = Object.entries(action.inputs).map(([name, input]) => {
      const usual = name === "token" ? "job-token" : name === "provider" ? "embedded" : (input.default ?? "");
      return [`INPUT_${name.toUpperCase()}`, inputs[name] ?? usual];
    });
    // Each step has files of its own.
    for (const name of fileCommands) writeFileSync(this.#file(name), "");
    this.#inputs = Object.fromEntries(given);
    return this.#start("dist/main/index.js", this.#inputs);
  }

  /** The post step, with the inputs of the main step and what that saved. */
  post(): RunningStep {
    const saved = Object.entries(readFileCommands(this.#file("GITHUB_STATE"))).map(([name, value]) => [`STATE_${name}`, value]);
    return this.#start("dist/post/index.js", { ...this.#inputs, ...Object.fromEntries(saved) });
  }

  /** Runs a command line of Rehearse on this machine. */
  async rehearse(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<StepEnd> {
    return this.#start("packages/cli/src/main.ts", { ...env }, args).end;
  }

  #file(name: string): string {
    return path.join(this.root, name);
  }

  #start(program: string, variables: Readonly<Record<string, string>>, args: readonly string[] = []): RunningStep {
    const { PATH = "", HOME = "" } = process.env;
    const cache = ["REHEARSE_CACHE", "XDG_CACHE_HOME", "NODE_COMPILE_CACHE", "NODE_EXTRA_CA_CERTS"].flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value] as const];
    });
    const env = {
      PATH,
      HOME,
      ...Object.fromEntries(cache),
      TMPDIR: this.tmp,
      XDG_STATE_HOME: this.state,
      CI: "true",
      GITHUB_ACTIONS: "true",
      GITHUB_EVENT_NAME: this.#options.event ?? "pull_request",
      GITHUB_EVENT_PATH: this.#file("event.json"),
      GITHUB_REPOSITORY: "acme/shop",
      GITHUB_SHA: commits.pushed,
      GITHUB_API_URL: this.#options.apiUrl ?? "http://127.0.0.1:9",
      GITHUB_WORKSPACE: this.workspace,
      RUNNER_TEMP: this.state,
      ...Object.fromEntries(fileCommands.map((name) => [name, this.#file(name)])),
      ...this.#options.env,
      ...variables,
    };
    const child = spawn(process.execPath, [path.join(repository, program), ...args], {
      cwd: this.workspace,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    return new RunningStep(child, () => ({
      outputs: readFileCommands(this.#file("GITHUB_OUTPUT")),
      summary: readFileSync(this.#file("GITHUB_STEP_SUMMARY"), "utf8"),
    }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
  }
}

/** A step that runs. */
export class RunningStep {
  readonly end: Promise<StepEnd>;
  readonly #child: ChildProcess;
  #printed = "";

  constructor(child: ChildProcess, files: () => Pick<StepEnd, "outputs" | "summary">) {
    const started = performance.now();
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", (text: string) => (this.#printed += text));
    this.end = once(child, "close").then(([code]) => ({
      code: typeof code === "number" ? code : null,
      ms: performance.now() - started,
      ...readLog(this.#printed),
      ...files(),
    }));
  }

  /** Resolves when a line that fits was printed, or the step ended. */
  async printed(pattern: RegExp): Promise<void> {
    if (pattern.test(this.#printed)) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#child.stdout?.on("data", () => pattern.test(this.#printed) && resolve());
    await Promise.race([promise, this.end]);
  }

  /** As the runner cancels a step. */
  async cancel(): Promise<void> {
    const ended = new AbortController();
    void this.end.then(() => ended.abort());
    const signals = [
      ["SIGINT", 7_500],
      ["SIGTERM", 2_500],
      ["SIGKILL", 0],
    ] as const;
    for (const [signal, ms] of signals) {
      this.kill(signal);
      await pause(ms, undefined, { signal: ended.signal }).catch(() => {});
      if (ended.signal.aborted) return;
    }
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }
}
