import { environmentLabel, ledgerLabel, machineLabel, createdAtLabel, ttlLabel } from "../environment/environment-labels.ts";
import type { DockerEngine } from "./docker-engine.ts";

/** An environment of which an engine has something, by what its labels say. */
export interface ContainedEnvironment {
  readonly id: string;
  /** Absolute, on the machine that made it. */
  readonly ledger: string;
  /** Who made it, and where; see `thisMachine`. */
  readonly machine: string;
  readonly expired: boolean;
}

/** The environments of which an engine has containers, networks or volumes. An id may come more than once. */
export async function containedEnvironments({ api }: DockerEngine): Promise<ContainedEnvironment[]> {
  const filters = { label: [environmentLabel] };
  const [containers, networks, { Volumes: volumes }] = await Promise.all([
    api.listContainers({ all: true, filters }),
    api.listNetworks({ filters }),
    api.listVolumes({ filters }),
  ]);
  return [...containers, ...networks, ...(volumes ?? [])].map(({ Labels: labels = {} }) => ({
    id: labels[environmentLabel] ?? "",
    ledger: labels[ledgerLabel] ?? "",
    machine: labels[machineLabel] ?? "",
    expired: Date.now() > Date.parse(labels[createdAtLabel] ?? "") + Number(labels[ttlLabel]) * 1000,
  }));
}
