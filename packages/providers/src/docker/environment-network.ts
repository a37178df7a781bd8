import type { Environment } from "../environment/create-environment.ts";
import type { DockerEngine } from "./docker-engine.ts";
import { engineFailure } from "./docker-failure.ts";

/** Makes the network of an environment: its containers see one another in it, and nobody else's. Resolves to its name. */
export async function environmentNetwork({ api, socket }: DockerEngine, environment: Environment): Promise<string> {
  const name = `rehearse-${environment.id}`;
  const options = { Name: name, CheckDuplicate: true, Driver: "bridge", Labels: { ...environment.labels } };
  try {
    await environment.ledger.makeContained({ kind: "network", socket, name }, () => api.createNetwork(options));
    return name;
  } catch (error) {
    throw engineFailure(error, `The network ${name} could not be made`);
  }
}
