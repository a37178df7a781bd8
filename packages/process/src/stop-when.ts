/** Longer timers fire at once. */
const longestTimerMs = 2 ** 31 - 1;

export interface Stop extends Disposable {
  /** Settles when the program is to be stopped, and says why. */
  readonly reason: Promise<"timeout" | "abort">;
}

/** The time limit and the caller's signal as one promise, until it is disposed of. */
export function stopWhen({ timeoutMs, signal }: { timeoutMs: number; signal?: AbortSignal | undefined }): Stop {
  const { promise, resolve } = Promise.withResolvers<"timeout" | "abort">();
  const timer = setTimeout(() => resolve("timeout"), Math.min(timeoutMs, longestTimerMs));
  const abort = () => resolve("abort");
  if (signal?.aborted === true) abort();
  signal?.addEventListener("abort", abort);
  return {
    reason: promise,
    [Symbol.dispose]() {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    },
  };
}
