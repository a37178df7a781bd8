import { existsSync } from "node:fs";
import { RehearseError } from "@rehearse/errors";
import { serverLog, type ListedEnvironment } from "@rehearse/providers";
import type { ServiceRequest } from "./connect-to-service.ts";
import { chooseEnvironment, serviceNamed } from "./environment/choose-environment.ts";
import { connectionFile, readConnectionFile } from "./environment/connection-file.ts";
import { loadScenario } from "./load-scenario.ts";
import { maskSecrets } from "./steps/mask-secrets.ts";

export interface ServiceLog {
  readonly environment: string;
  /** Other environments of the scenario, the latest first. */
  readonly others: readonly string[];
  /** What the server wrote, with the environment's passwords masked where they are written down. */
  readonly text: string;
}

/** Reads what a service's server wrote, in an environment that is running, was left up or was left behind. USAGE, ENVIRONMENT_NOT_FOUND. */
export async function serviceLog({ path, service, environment: id }: ServiceRequest): Promise<ServiceLog> {
  const scenario = await loadScenario(path);
  const { name } = serviceNamed(scenario, service);
  const { environment, others } = chooseEnvironment({ scenario, id, isMeant: () => true });
  const text = await serverLog({ ledger: environment.ledger, service: name });
  if (text === null) {
    throw new RehearseError({
      code: "ENVIRONMENT_NOT_FOUND",
      message: `Environment ${environment.id} of ${scenario.name} has not started "${name}" (yet).`,
      hint: "Try again when it is up; rehearse status tells.",
    });
  }
  return { environment: environment.id, others, text: maskSecrets(text, await secretsOf(environment)) };
}

async function secretsOf({ directory }: ListedEnvironment): Promise<string[]> {
  const file = connectionFile(directory ?? "");
  if (directory === null || !existsSync(file)) return [];
  const variables = await readConnectionFile(file);
  return Object.entries(variables).flatMap(([variable, value]) => (/_(PASSWORD|SECRET_ACCESS_KEY)$/.test(variable) ? value : []));
}
