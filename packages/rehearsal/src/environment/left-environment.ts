import { writeFile } from "node:fs/promises";
import { connectionFile, connectionText, variableName } from "./connection-file.ts";
import type { RunningEnvironment } from "./running-environment.ts";

/** An environment that goes on running when this process has ended. */
export interface LeftEnvironment {
  readonly id: string;
  /** A file of shell variables with every connection value; only the user can read it, and it goes with the environment. */
  readonly variablesFile: string;
  readonly services: readonly {
    readonly service: string;
    readonly title: string;
    readonly host: string;
    readonly port: number;
    readonly example: string;
  }[];
}

/** Leaves a running environment, with all that is needed to connect written down in its own folder. */
export async function leftEnvironment(running: RunningEnvironment): Promise<LeftEnvironment> {
  const variablesFile = connectionFile(running.environment.directory);
  // The sessions end here, and with them their entrances.
  const services = Array.from(running.services.values(), ({ name, server }) => ({
    name,
    server,
    values: server.engine.connection(server.address),
  }));
  await writeFile(variablesFile, connectionText(services), { mode: 0o600 });
  await running.leave();
  return {
    id: running.environment.id,
    variablesFile,
    services: services.map(({ name, server, values }) => ({
      service: name,
      title: server.title,
      host: server.address.host,
      port: Object.values(server.address.ports)[0] ?? 0,
      example: `$${variableName(name, Object.keys(values)[0] ?? "url")}`,
    })),
  };
}
