import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { readLog, type WorkflowLog } from "./read-log.ts";
import { stepShims } from "./step-shims.ts";

export interface WorkflowRequest {
  /** Folders that are laid over one another: together the repository whose workflow runs. */
  readonly trees: readonly string[];
  /** The workflow's file in that repository. */
  readonly workflow: string;
  readonly event: "pull_request" | "push" | "pull_request_target" | "workflow_run";
  /** What the event's file holds. */
  readonly payload: unknown;
  /** `owner/name@ref` → the folder that is checked out for it. */
  readonly actions: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** `vars` of the workflow. */
  readonly variables: Readonly<Record<string, string>>;
  /** Variables of every step, beside those that the runner sets. */
  readonly env: Readonly<Record<string, string>>;
}

/** A machine for workflows, as GitHub's runner is one: what it keeps between two runs lies in one folder, and goes with it. */
export class ActRunner implements AsyncDisposable {
  /** All that its runs write lies below it. */
  readonly root: string;
  /** Where programs put temporary files. */
  readonly tmp: string;
  #runs = 0;

  private constructor(root: string) {
    this.root = root;
    this.tmp = path.join(root, "t");
  }

  static async make(): Promise<ActRunner> {
    // Short: a Unix socket below it may have 107 characters. Servers that run as another user pass through it.
    const runner = new ActRunner(await mkdtemp(path.join(tmpdir(), "aw-")));
    await mkdir(runner.tmp);
    for (const folder of [runner.root, runner.tmp]) await chmod(folder, 0o711);
    return runner;
  }

  /** Runs one workflow to its end: act executes its steps on this machine, without containers. */
  async run(request: WorkflowRequest): Promise<WorkflowLog> {
    this.#runs += 1;
    const folder = path.join(this.root, `run-${this.#runs}`);
    const repository = path.join(folder, "repository");
    for (const tree of request.trees) await cp(tree, repository, { recursive: true });
    await commit(repository);
    const bin = await stepShims(path.join(folder, "bin"));
    const { HOME = "", PATH = "" } = process.env;
    // act hands its own environment to every step: it gets nothing else.
    const env = { HOME, PATH: `${bin}${path.delimiter}${path.dirname(process.execPath)}${path.delimiter}${PATH}`, TMPDIR: this.tmp };
    const child = spawn("act", await argumentsFor(request, folder), {
      cwd: repository,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: longestMs,
    });
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
    return readLog(`${stdout}\n${stderr}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
  }
}

async function commit(repository: string): Promise<void> {
  const git = (...args: string[]) =>
    promisify(execFile)("git", ["-c", "user.name=test", "-c", "user.email=test@example.invalid", ...args], { cwd: repository });
  await git("init", "--quiet", "--initial-branch=main");
  await git("add", "--all");
  await git("commit", "--quiet", "--message=test");
  await git("remote", "add", "origin", "https://github.com/acme/shop.git");
}

/** Less than a test may take: act is ended, and its post steps have run, before anybody gives up waiting for it. */
const longestMs = 45_000;

const alwaysPassed = [
  "--json",
  // A label that is not mapped skips its job without a word.
  "--platform=ubuntu-latest=-self-hosted",
  "--rm",
  "--action-offline-mode",
  "--no-cache-server",
  "--artifact-server-addr=127.0.0.1",
  // Else act reads the files of these names in the repository.
  "--env-file=/dev/null",
  "--var-file=/dev/null",
  "--input-file=/dev/null",
];

async function argumentsFor(
  { event, workflow, payload, actions, secrets, variables, env }: WorkflowRequest,
  folder: string,
): Promise<string[]> {
  const eventFile = path.join(folder, "event.json");
  await writeFile(eventFile, JSON.stringify(payload));
  // Never on a command line.
  const secretFile = path.join(folder, "secrets");
  await writeFile(
    secretFile,
    Object.entries(secrets)
      .map(([name, value]) => `${name}=${JSON.stringify(value)}\n`)
      .join(""),
    { mode: 0o600 },
  );
  const each = (flag: string, values: Readonly<Record<string, string>>) =>
    Object.entries(values).flatMap(([name, value]) => [flag, `${name}=${value}`]);
  return [
    event,
    ...alwaysPassed,
    `--workflows=${workflow}`,
    `--eventpath=${eventFile}`,
    `--secret-file=${secretFile}`,
    `--action-cache-path=${path.join(folder, "work")}`,
    ...each("--var", variables),
    ...each("--env", env),
    ...each("--local-repository", actions),
  ];
}
