import type { Environment } from "../environment/create-environment.ts";
import type { Provider } from "../provider.ts";
import type { DockerEngine } from "./docker-engine.ts";
import { environmentNetwork } from "./environment-network.ts";
import type { LockFile } from "./lock-file.ts";
import { startContainer } from "./start-container.ts";

interface DockerParts {
  readonly reason: string;
  readonly engine: DockerEngine;
  readonly lock: LockFile;
  /** Absolute. */
  readonly composeDirectory?: string | undefined;
}

/** Services as containers of one engine, each environment in a network of its own. */
export function dockerProvider({ reason, ...docker }: DockerParts): Provider {
  const networks = new Map<Environment, Promise<string>>();
  const networkOf = (environment: Environment): Promise<string> => {
    const network = networks.get(environment) ?? environmentNetwork(docker.engine, environment);
    networks.set(environment, network);
    return network;
  };
  return { name: "docker", reason, start: (request) => startContainer(request, { ...docker, networkOf }) };
}
