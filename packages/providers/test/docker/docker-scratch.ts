import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assetPath } from "@rehearse/assets";
import { engineNamed } from "@rehearse/services";
import { chooseProvider, createEnvironment, takeDown, type Environment, type ProviderName, type RunningServer } from "../../src/index.ts";

interface Start {
  /** Its name is the service's, too. */
  readonly engine: string;
  readonly port?: number;
  readonly signal?: AbortSignal;
  readonly composeDirectory?: string;
}

/** An environment of the test's own on Docker, and the variables that it sets. */
export class DockerScratch implements AsyncDisposable {
  readonly directory: string;
  readonly environment: Environment;
  readonly credentials = { user: "rehearse", password: "secret" };
  readonly #before = { ...process.env };

  private constructor(directory: string, environment: Environment) {
    this.directory = directory;
    this.environment = environment;
    for (const name of ["postgres", "clickhouse", "dynamodb"])
      process.env[`REHEARSE_IMAGE_${name.toUpperCase()}`] ??= `rehearse/${name}:test`;
  }

  static async make(): Promise<DockerScratch> {
    const directory = await mkdtemp(join(tmpdir(), "rehearse-docker-"));
    const environment = await createEnvironment({ scenario: "test", scenarioDirectory: directory, mode: "test", ttlSeconds: 600 });
    return new DockerScratch(directory, environment);
  }

  /** What is chosen for services of these engines. */
  choose(wanted: ProviderName, ...engines: string[]): ReturnType<typeof chooseProvider> {
    return chooseProvider({ wanted, engines: engines.map(engineNamed), scenarioDirectory: this.directory });
  }

  /** Starts an engine as a container; disposing closes its session. */
  async start({ engine: name, port, signal = AbortSignal.any([]), composeDirectory }: Start): Promise<RunningServer & AsyncDisposable> {
    const engine = engineNamed(name);
    const provider = await chooseProvider({ wanted: "docker", engines: [engine], scenarioDirectory: this.directory, composeDirectory });
    const { environment, credentials } = this;
    const server = await provider.start({ engine, service: { name, port }, environment, credentials, signal, onProgress: () => {} });
    return { ...server, [Symbol.asyncDispose]: () => server.session[Symbol.asyncDispose]() };
  }

  /** The name of a service's container. */
  container(service: string): string {
    return `rehearse-${this.environment.id}-${service}`;
  }

  /** A copy of the folder `compose` with one file changed. */
  async changedCompose(file: string, change: (text: string) => string): Promise<string> {
    const directory = join(this.directory, "compose");
    await cp(assetPath("compose"), directory, { recursive: true });
    const text = await readFile(join(directory, file), "utf8");
    const changed = change(text);
    if (changed === text) throw new Error(`nothing was changed in ${file}`);
    await writeFile(join(directory, file), changed);
    return directory;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    process.env = this.#before;
    const { left, leftovers } = await takeDown(this.environment.ledger.file);
    await rm(this.directory, { recursive: true });
    if (left > 0) throw new Error(`left behind: ${leftovers.join(", ")}`);
  }
}
