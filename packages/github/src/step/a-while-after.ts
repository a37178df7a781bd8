/** A signal that follows another one after some milliseconds, with the same reason: time for what must still be said when a step is told to end. */
export function aWhileAfter(signal: AbortSignal, ms: number): AbortSignal {
  const later = new AbortController();
  const follow = (): void => void setTimeout(() => later.abort(signal.reason), ms).unref();
  if (signal.aborted) follow();
  else signal.addEventListener("abort", follow, { once: true });
  return later.signal;
}
