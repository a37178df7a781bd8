import { hostname } from "node:os";
import type { LedgerHeader } from "../ledger/ledger-entry.ts";

/** Names the environment that a container, network or volume belongs to: it is found again by this one. */
export const environmentLabel = "org.rehearse.environment";
/** Absolute path of the environment's ledger. */
export const ledgerLabel = "org.rehearse.ledger";
/** Where that path means something: other machines, containers and users may use the same engine. */
export const machineLabel = "org.rehearse.machine";
export const createdAtLabel = "org.rehearse.created-at";
export const ttlLabel = "org.rehearse.ttl-seconds";

/** The labels of everything that a Docker engine makes for an environment: whose it is, for us and for whoever finds it. */
export function labelsOf({ id, scenario, owner, createdAt, ttlSeconds }: LedgerHeader, ledger: string): Record<string, string> {
  return {
    [environmentLabel]: id,
    [ledgerLabel]: ledger,
    [machineLabel]: thisMachine(),
    [createdAtLabel]: createdAt,
    [ttlLabel]: String(ttlSeconds),
    "org.rehearse.scenario": scenario,
    "org.rehearse.owner": `${owner.pid} ${owner.startedAt}`,
  };
}

/** This user on this machine, or in this container. */
export function thisMachine(): string {
  return `${process.getuid?.() ?? "user"}@${hostname()}`;
}
