import { existsSync } from "node:fs";
import { RehearseError } from "@rehearse/errors";
import { engineNamed, type EngineClient } from "@rehearse/services";
import { chooseEnvironment, serviceNamed } from "./environment/choose-environment.ts";
import { connectionFile, readConnectionFile, variableName } from "./environment/connection-file.ts";
import { loadScenario } from "./load-scenario.ts";

export interface ServiceRequest {
  /** The scenario's folder or file, as the user named it. */
  readonly path: string;
  readonly service: string;
  /** The id of an environment; undefined: the latest. */
  readonly environment?: string | undefined;
}

/** How to reach a service of an environment that was left up. It holds secrets: nothing of `variables` and `client` is to be shown. */
export interface ServiceConnection {
  readonly environment: string;
  /** Other environments of the scenario that are up, the latest first. */
  readonly others: readonly string[];
  /** Of the engine, for people. */
  readonly title: string;
  /** Absolute; what `variables` holds of every service, as shell reads it. */
  readonly variablesFile: string;
  /** The connection values of every service (`CORE_URL`), and what the engine's own programs read (`PGHOST`). */
  readonly variables: Readonly<Record<string, string>>;
  readonly client: EngineClient;
}

/** Finds out how to reach a service of an environment that was kept or left up. USAGE, ENVIRONMENT_NOT_FOUND. */
export async function connectToService({ path, service, environment: id }: ServiceRequest): Promise<ServiceConnection> {
  const scenario = await loadScenario(path);
  const { name, engine: engineName } = serviceNamed(scenario, service);
  const engine = engineNamed(engineName);
  const { environment, others } = chooseEnvironment({ scenario, id, isMeant: ({ directory }) => isLeftUp(directory) });
  const variablesFile = connectionFile(environment.directory ?? "");
  const variables = await readConnectionFile(variablesFile);
  const values = engine.connectionNames.map((key) => [key, variables[variableName(name, key)]] as const);
  const missing = values.find(([, value]) => value === undefined);
  if (missing !== undefined) {
    throw new RehearseError({
      code: "ENVIRONMENT_NOT_FOUND",
      message: `Environment ${environment.id} was made from another rehearse.yml: it has no ${engine.title} service "${name}".`,
      hint: `rehearse down ${scenario.directory}, then up again`,
    });
  }
  const client = engine.client(Object.fromEntries(values.map(([key, value = ""]) => [key, value])));
  return {
    environment: environment.id,
    others,
    title: engine.title,
    variablesFile,
    variables: { ...variables, ...client.variables },
    client,
  };
}

/** The file is written when everything is up, and goes with the environment. */
const isLeftUp = (directory: string | null): boolean => directory !== null && existsSync(connectionFile(directory));
