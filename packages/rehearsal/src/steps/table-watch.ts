import type { EngineSession, HeldStates, TableState } from "@rehearse/services";
import { later } from "./later.ts";

/** The state of every table of an environment at one moment, by `service.table`. */
export type TableStates = ReadonlyMap<string, TableState>;

/** Knows the last state of every table, so that what a step moved can be told from what was there before. */
export class TableWatch {
  readonly #sessions: ReadonlyMap<string, EngineSession>;
  readonly #states = new Map<string, Promise<TableStates>>();

  constructor(sessions: ReadonlyMap<string, EngineSession>) {
    this.#sessions = sessions;
  }

  /** Waits until no server works any more for a program that has ended: what it still does belongs to that program, not to the next. */
  async settle(): Promise<void> {
    await Promise.all(Array.from(this.#sessions.values(), (session) => session.settle()));
  }

  /** Looks again at the given services, by default at all. Resolves when they may move on. */
  async look(services: Iterable<string> = this.#sessions.keys()): Promise<void> {
    await Promise.all(
      Array.from(services, async (service) => {
        const session = this.#sessions.get(service);
        if (session === undefined) return;
        const { states } = await held(session);
        this.#states.set(service, later(states.then((all) => new Map(all.map((state) => [`${service}.${state.table}`, state])))));
      }),
    );
  }

  /** The states as they were last looked at, of the given services or all. */
  async known(services: Iterable<string> = this.#states.keys()): Promise<TableStates> {
    const states = await Promise.all(Array.from(services).flatMap((service) => this.#states.get(service) ?? []));
    return new Map(states.flatMap((all) => [...all]));
  }
}

async function held(session: EngineSession): Promise<HeldStates> {
  if (session.holdStates !== undefined) return session.holdStates();
  const states = await session.states();
  return { states: Promise.resolve(states) };
}

/** A table whose rows moved between two moments. */
export interface MovedTable {
  readonly dataset: string;
  readonly rowsBefore: number;
  readonly rowsAfter: number;
}

/** The tables whose rows or columns moved, in name order. A table that comes or goes without rows moved nothing. */
export function movedTables(before: TableStates, after: TableStates): MovedTable[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  return names.flatMap((dataset) => {
    const [was, is] = [before.get(dataset), after.get(dataset)];
    const [rowsBefore, rowsAfter] = [was?.rows ?? 0, is?.rows ?? 0];
    const moved = rowsBefore !== rowsAfter || (was !== undefined && is !== undefined && was.digest !== is.digest);
    return moved ? [{ dataset, rowsBefore, rowsAfter }] : [];
  });
}
