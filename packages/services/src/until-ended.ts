import { setTimeout as delay } from "node:timers/promises";
import { RehearseError } from "@rehearse/errors";

const pollMs = 20;

interface Work<Id> {
  /** What the server works on for others, now. */
  readonly working: () => Promise<readonly Id[]>;
  readonly end: (ids: readonly Id[]) => Promise<unknown>;
  readonly endAfterMs: number;
  /** What works, for people: `Postgres`. */
  readonly server: string;
}

/** How long `EngineSession.settle` waits before it ends what is still under way. */
export const patienceMs = 30_000;

/** Waits until what the server works on now has ended; what begins later belongs to a client that is still there. Ends what takes too long. */
export async function untilEnded<Id>({ working, end, endAfterMs, server }: Work<Id>): Promise<void> {
  const start = performance.now();
  let ended = false;
  let ids = await working();
  while (ids.length > 0) {
    const passed = performance.now() - start;
    if (!ended && passed >= endAfterMs) {
      await end(ids);
      ended = true;
    }
    if (passed >= endAfterMs + patienceMs) throw unending(server);
    await delay(pollMs);
    const now = new Set(await working());
    ids = ids.filter((id) => now.has(id));
  }
}

function unending(server: string): RehearseError {
  return new RehearseError({
    code: "ENGINE_NOT_READY",
    message: `${server} goes on working on what was asked before, although it was told to end it.`,
    hint: "Look into the server's log; take the environment down and up again.",
  });
}
