import { setTimeout as pause } from "node:timers/promises";
import type { ApiFailure } from "./api-failure.ts";

export interface PatienceLimits {
  readonly attempts: number;
  /** The pause before the second attempt; each later one is twice as long. */
  readonly firstPauseMs: number;
  /** For the answer to one request. */
  readonly requestMs: number;
  /** For everything, pauses included. */
  readonly totalMs: number;
}

/** Room for one pause of a minute, which is what GitHub asks of those who write too much. */
export const usualPatience: PatienceLimits = { attempts: 4, firstPauseMs: 1000, requestMs: 15_000, totalMs: 90_000 };

/** How long GitHub is asked again and again; it begins to run when it is made. */
export class Patience {
  readonly signal: AbortSignal;
  readonly #limits: PatienceLimits;
  readonly #end: number;

  constructor(limits: PatienceLimits, signal: AbortSignal) {
    this.signal = signal;
    this.#limits = limits;
    this.#end = performance.now() + limits.totalMs;
  }

  /** Ends a single request that takes too long, or when the whole is broken off. */
  requestSignal(): AbortSignal {
    const left = Math.max(0, Math.ceil(Math.min(this.#limits.requestMs, this.#end - performance.now())));
    return AbortSignal.any([this.signal, AbortSignal.timeout(left)]);
  }

  /** Resolves when it is time for the next attempt; rejects with the failure where there is to be none. */
  async next(failure: ApiFailure, attempt: number): Promise<void> {
    const ms = failure.waitMs ?? this.#limits.firstPauseMs * 2 ** (attempt - 1);
    if (!failure.passing || attempt >= this.#limits.attempts || performance.now() + ms > this.#end) throw failure;
    await pause(ms, undefined, { signal: this.signal }).catch(() => this.signal.throwIfAborted());
  }
}
