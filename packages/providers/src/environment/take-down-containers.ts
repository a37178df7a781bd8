import { removeContainers } from "../docker/remove-containers.ts";
import type { LedgerEntry } from "../ledger/ledger-entry.ts";
import { sumOf, type Teardown } from "./teardown.ts";

/** Removes what Docker engines made for an environment, and looks again. An environment whose ledger speaks of none asks no engine. */
export async function takeDownContainers(environment: string, entries: readonly LedgerEntry[]): Promise<Teardown> {
  const contained = entries.flatMap((entry) => (entry.kind === "container" || entry.kind === "network" ? [entry] : []));
  const sockets = new Set(contained.map(({ undo }) => undo.socket));
  const made = new Set(contained.flatMap(({ state, id }) => (state === "made" ? [id] : [])));
  const removals = Array.from(sockets, (socket) => {
    const recorded = contained.flatMap(({ state, kind, id, undo }) =>
      state === "intent" && undo.socket === socket ? [{ kind, name: undo.name, made: made.has(id) }] : [],
    );
    return removeContainers(environment, { socket, recorded });
  });
  return sumOf((await Promise.all(removals)).map((removed) => ({ ...removed, left: removed.leftovers.length })));
}
