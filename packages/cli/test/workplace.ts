import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmod, cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";

const main = path.resolve(import.meta.dirname, "../src/main.ts");
const launcher = path.resolve(import.meta.dirname, "../../../scripts/bootstrap.mjs");

/** Where what was fetched is kept, and how a registry is reached from this machine. */
const ofTheMachine = /^(?:REHEARSE_CACHE|XDG_CACHE_HOME|NODE_COMPILE_CACHE|NODE_EXTRA_CA_CERTS|npm_config_registry|.*_proxy)$/i;

/** Commands that choose where services run. */
const choosing = new Set(["test", "up"]);

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Surroundings {
  readonly env?: Record<string, string>;
  readonly cwd?: string;
}

/** A machine of one test's own, as far as Rehearse can tell: its temporary and state directories, and a place for copies of scenarios. */
export class Workplace implements AsyncDisposable {
  readonly root: string;
  readonly tmp: string;
  readonly state: string;

  private constructor(root: string) {
    this.root = root;
    this.tmp = path.join(root, "t");
    this.state = path.join(root, "state");
  }

  static async make(): Promise<Workplace> {
    // Short: a Unix socket below it may have 107 characters.
    const place = new Workplace(await mkdtemp(path.join(os.tmpdir(), "rt-")));
    await mkdir(place.tmp, { mode: 0o711 });
    // Engines that run as another user pass through it.
    await chmod(place.root, 0o711);
    return place;
  }

  /** A copy of a scenario, so that its references and runs are the test's own. */
  async copy(scenario: string, name = path.basename(scenario)): Promise<string> {
    const target = path.join(this.root, name);
    await cp(scenario, target, { recursive: true, filter: (source) => path.basename(source) !== ".rehearse" });
    return target;
  }

  start(args: readonly string[], { env = {}, cwd = this.root }: Surroundings = {}): ChildProcess {
    return spawn(process.execPath, ["--max-semi-space-size=64", main, ...embedded(args)], {
      cwd,
      env: this.#env(env),
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  /** Starts it as its users do, through the launcher; on a terminal, what is written to its input is typed there. */
  launch(args: readonly string[], { terminal }: { readonly terminal: boolean }): ChildProcess {
    const command = [process.execPath, launcher, "packages/cli/src/main.ts", ...embedded(args)];
    const [file = "", ...rest] = terminal
      ? ["script", "--quiet", "--return", "--command", `exec ${command.join(" ")}`, "/dev/null"]
      : command;
    return spawn(file, rest, { cwd: this.root, env: this.#env({}), stdio: [terminal ? "pipe" : "ignore", "pipe", "pipe"] });
  }

  /** Runs `rehearse` with these arguments to its end. */
  async rehearse(args: readonly string[], options: Surroundings = {}): Promise<Ended> {
    const child = this.start(args, options);
    const { stdout, stderr } = child;
    if (stdout === null || stderr === null) throw new Error("pipes were asked for");
    const [out, err, [code]] = await Promise.all([text(stdout), text(stderr), once(child, "exit")]);
    return { code: typeof code === "number" ? code : null, stdout: out, stderr: err };
  }

  #env(extra: Record<string, string>): Record<string, string> {
    const { PATH = "", HOME = "" } = process.env;
    const ofMachine = Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && ofTheMachine.test(entry[0]),
    );
    return { PATH, HOME, ...Object.fromEntries(ofMachine), TMPDIR: this.tmp, REHEARSE_STATE: this.state, NO_COLOR: "1", ...extra };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
  }
}

/** The same arguments, on the embedded provider unless they name one: what Docker has on this machine must not decide what a test tests. */
function embedded(args: readonly string[]): readonly string[] {
  const chooses = choosing.has(args[0] ?? "") && !args.includes("--provider");
  return chooses ? [...args, "--provider", "embedded"] : args;
}
