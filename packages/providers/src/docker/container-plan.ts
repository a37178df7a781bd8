import type { ContainerCreateOptions } from "dockerode";
import type { ContainerDefinition } from "./compose-file.ts";

export interface ContainerPlanRequest {
  readonly definition: ContainerDefinition;
  readonly name: string;
  readonly service: string;
  readonly network: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Ports of 127.0.0.1 for the container's ports; those that are left out get a free one. */
  readonly fixedPorts: ReadonlyMap<number, number>;
}

/** What the engine is asked to create, as data. */
export function containerPlan({ definition, name, service, network, labels, fixedPorts }: ContainerPlanRequest): ContainerCreateOptions {
  const { image, command, environment, tmpfs, ports } = definition;
  const published = ports.map((port) => Number(port.split(":").at(-1)));
  return {
    name,
    Image: image,
    ...(command === undefined ? {} : { Cmd: command }),
    Env: Object.entries(environment).map(([variable, value]) => `${variable}=${value}`),
    Labels: { ...labels, "org.rehearse.service": service },
    // That is Compose's way to wait, at a twentieth of a processor's second for each check, as long as the container lives. We ask the server itself.
    Healthcheck: { Test: ["NONE"] },
    ExposedPorts: Object.fromEntries(published.map((port) => [`${port}/tcp`, {}])),
    HostConfig: {
      NetworkMode: network,
      Tmpfs: Object.fromEntries(tmpfs.map(mountOf)),
      PortBindings: Object.fromEntries(
        published.map((port) => [`${port}/tcp`, [{ HostIp: "127.0.0.1", HostPort: String(fixedPorts.get(port) ?? "") }]]),
      ),
    },
    NetworkingConfig: { EndpointsConfig: { [network]: { Aliases: [service] } } },
  };
}

/** `path`, or `path:options`. */
function mountOf(entry: string): [path: string, options: string] {
  const [path = "", ...options] = entry.split(":");
  return [path, options.join(":")];
}
