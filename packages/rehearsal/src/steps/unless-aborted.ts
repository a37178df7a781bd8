import type { EngineSession, HeldStates, Snapshot } from "@rehearse/services";
import { later } from "./later.ts";

/** The work's result, or the signal's reason as soon as it is aborted: what goes on then ends with its server. */
export async function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const listener = (): void => aborted.reject(signal.reason);
  signal.addEventListener("abort", listener, { once: true });
  if (signal.aborted) listener();
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", listener);
  }
}

/** A session none of whose answers is waited for once the signal is aborted. */
export function abortableSession(session: EngineSession, signal: AbortSignal): EngineSession {
  const { holdStates } = session;
  return {
    version: session.version,
    entrance: session.entrance,
    load: (seed) => unlessAborted(signal, session.load(seed)),
    settle: () => unlessAborted(signal, session.settle()),
    states: () => unlessAborted(signal, session.states()),
    holdStates: holdStates === undefined ? undefined : async () => abortableStates(await unlessAborted(signal, holdStates()), signal),
    extract: (source, file) => unlessAborted(signal, session.extract(source, file)),
    snapshot: async () => abortableSnapshot(await unlessAborted(signal, session.snapshot()), signal),
    restore: (table, restoration) => unlessAborted(signal, session.restore(table, restoration)),
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}

function abortableStates({ states }: HeldStates, signal: AbortSignal): HeldStates {
  return { states: later(unlessAborted(signal, states)) };
}

function abortableSnapshot(snapshot: Snapshot, signal: AbortSignal): Snapshot {
  return {
    extract: (source, file, wanted) => unlessAborted(signal, snapshot.extract(source, file, wanted)),
    digest: (table, options) => unlessAborted(signal, snapshot.digest(table, options)),
    [Symbol.asyncDispose]: () => snapshot[Symbol.asyncDispose](),
  };
}
