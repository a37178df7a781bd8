import { cpSync, existsSync } from "node:fs";
import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { engineNamed, type Engine } from "@rehearse/services";
import { cacheDirectory, createEnvironment, startEmbedded, takeDown, type Environment, type RunningServer } from "../../src/index.ts";

/** An environment and a cache of the test's own, and the variables that it sets. */
export class Scratch implements AsyncDisposable {
  readonly directory: string;
  readonly cache: string;
  readonly environment: Environment;
  /** What the user was told. */
  readonly told: string[] = [];
  readonly #before = { ...process.env };

  private constructor(directory: string, environment: Environment) {
    this.directory = directory;
    this.cache = join(directory, "cache");
    this.environment = environment;
  }

  static async make(): Promise<Scratch> {
    const directory = await mkdtemp(join(tmpdir(), "rehearse-embedded-"));
    await chmod(directory, 0o755);
    const environment = await createEnvironment({ scenario: "test", scenarioDirectory: directory, mode: "test", ttlSeconds: 600 });
    return new Scratch(directory, environment);
  }

  /** Makes `cache` the cache: empty, or with what the machine's has of these engines. */
  async useOwnCache(...engines: string[]): Promise<void> {
    const machine = cacheDirectory();
    for (const name of engines) {
      await using server = await this.start(engineNamed(name), { name: `warm-${name}` });
      await server.session.states();
    }
    for (const kind of ["engines", "templates"]) {
      if (!existsSync(join(machine, kind))) continue;
      const wanted = (await readdir(join(machine, kind))).filter(
        (entry) => engines.some((name) => entry.startsWith(`${name}-`)) && !entry.includes(".part-"),
      );
      for (const entry of wanted)
        cpSync(join(machine, kind, entry), join(this.cache, kind, entry), { recursive: true, verbatimSymlinks: true });
    }
    process.env["REHEARSE_CACHE"] = this.cache;
  }

  /** No registry answers, and npm has kept nothing. */
  cutOff(): void {
    process.env["npm_config_registry"] = "http://127.0.0.1:9";
    process.env["npm_config_cache"] = join(this.directory, "npm");
    process.env["npm_config_fetch_retries"] = "0";
  }

  /** Starts an engine; disposing closes its session. */
  async start(
    engine: Engine,
    service: { name: string; port?: number },
    signal = new AbortController().signal,
  ): Promise<RunningServer & AsyncDisposable> {
    const credentials = { user: "rehearse", password: "secret" };
    const onProgress = (text: string) => void this.told.push(text);
    const server = await startEmbedded({ engine, service, environment: this.environment, credentials, signal, onProgress });
    return { ...server, [Symbol.asyncDispose]: () => server.session[Symbol.asyncDispose]() };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { left, leftovers } = await takeDown(this.environment.ledger.file);
    // Another object would be unknown to Node's own functions, such as tmpdir().
    for (const name of Object.keys(process.env)) if (!(name in this.#before)) delete process.env[name];
    Object.assign(process.env, this.#before);
    await rm(this.directory, { recursive: true });
    if (left > 0) throw new Error(`left behind: ${leftovers.join(", ")}`);
  }
}
