import { listEnvironments } from "@rehearse/providers";

/** One environment as `rehearse status` shows it. */
export interface EnvironmentStatus {
  readonly id: string;
  readonly scenario: string;
  readonly scenarioDirectory: string;
  /** `running`: a rehearsal goes on; `kept`: left up on purpose; `expired`: longer than it was meant to; `left behind`: its rehearsal died. */
  readonly state: "running" | "kept" | "expired" | "left behind";
  readonly createdAt: string;
  /** Folders and processes it made. */
  readonly things: number;
  /** Of the process whose rehearsal goes on; null where none does. */
  readonly pid: number | null;
}

/** Every environment that has a ledger, oldest first. */
export function environmentStatus(): EnvironmentStatus[] {
  return listEnvironments().map(({ id, scenario, scenarioDirectory, createdAt, things, mode, owner, ownerAlive, expired }) => {
    const state = ownerAlive ? "running" : mode === "test" ? "left behind" : expired ? "expired" : "kept";
    return { id, scenario, scenarioDirectory, state, createdAt, things, pid: ownerAlive ? owner.pid : null };
  });
}
