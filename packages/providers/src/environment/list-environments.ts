import { isAlive } from "@rehearse/process";
import type { LedgerHeader } from "../ledger/ledger-entry.ts";
import { directoryOf, ledgerFiles, readLedger } from "../ledger/read-ledger.ts";

/** An environment that has a ledger. */
export interface ListedEnvironment extends Omit<LedgerHeader, "v"> {
  /** Absolute path of its ledger. */
  readonly ledger: string;
  /** Absolute path of its directory; null where it was not made yet. */
  readonly directory: string | null;
  readonly ownerAlive: boolean;
  /** Older than its time to live. */
  readonly expired: boolean;
  /** Directories, processes, containers and networks that it made. */
  readonly things: number;
}

/** All environments of the state directory, oldest first. LEDGER_UNREADABLE. */
export function listEnvironments(): ListedEnvironment[] {
  return ledgerFiles()
    .flatMap((file) => listEnvironment(file) ?? [])
    .sort((one, other) => one.createdAt.localeCompare(other.createdAt));
}

/** One environment by its ledger; null where the ledger is gone or was never begun. */
export function listEnvironment(ledger: string): ListedEnvironment | null {
  const content = readLedger(ledger);
  if (content === null || content.header === null) return null;
  const { v: _, ...header } = content.header;
  return {
    ...header,
    ledger,
    directory: directoryOf(content),
    ownerAlive: isAlive(header.owner),
    expired: Date.now() > Date.parse(header.createdAt) + header.ttlSeconds * 1000,
    things: content.entries.filter(({ state }) => state === "made").length,
  };
}
