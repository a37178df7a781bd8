import type { Engine } from "@rehearse/services";
import { dockerEngine, requireDockerEngine, type DockerEngine } from "./docker/docker-engine.ts";
import { dockerProvider } from "./docker/docker-provider.ts";
import { definitionOf } from "./docker/engine-definition.ts";
import { localImage } from "./docker/image.ts";
import { LockFile } from "./docker/lock-file.ts";
import { startEmbedded } from "./embedded/start-embedded.ts";
import type { Provider } from "./provider.ts";

export type ProviderName = "auto" | "docker" | "embedded";

export interface ProviderRequest {
  readonly wanted: ProviderName;
  /** The engines of the scenario's services. */
  readonly engines: readonly Engine[];
  /** Absolute; where `rehearse.lock` lies. */
  readonly scenarioDirectory: string;
  /** Absolute; where the compose files lie. The repository's own are taken where it is left out. */
  readonly composeDirectory?: string | undefined;
}

/**
 * The provider that is wanted. `auto` takes Docker where an engine answers and has all images already, for then the services are those that others
 * use; it never pulls. ENGINE_NOT_AVAILABLE where Docker is wanted and does not answer.
 */
export async function chooseProvider({ wanted, engines, scenarioDirectory, composeDirectory }: ProviderRequest): Promise<Provider> {
  if (wanted === "embedded") return embedded("as asked");
  if (wanted === "docker") {
    const engine = await requireDockerEngine();
    return dockerProvider({ engine, lock: await LockFile.open(scenarioDirectory), composeDirectory, reason: "as asked" });
  }
  const engine = await dockerEngine();
  if ("missing" in engine) return embedded(engine.missing);
  const lock = await LockFile.open(scenarioDirectory);
  const missing = await firstMissingImage({ engine, engines, lock, composeDirectory });
  return missing === null
    ? dockerProvider({ engine, lock, composeDirectory, reason: "Docker answers and has every image" })
    : embedded(`Docker does not have the image ${missing}`);
}

function embedded(reason: string): Provider {
  return { name: "embedded", reason, start: startEmbedded };
}

interface ImageSearch extends Pick<ProviderRequest, "engines" | "composeDirectory"> {
  readonly engine: DockerEngine;
  readonly lock: LockFile;
}

async function firstMissingImage({ engine, engines, lock, composeDirectory }: ImageSearch): Promise<string | null> {
  for (const one of new Set(engines)) {
    const { image } = await definitionOf(one, {}, composeDirectory);
    if ((await localImage({ engine, name: image, lock })) === null) return image;
  }
  return null;
}
