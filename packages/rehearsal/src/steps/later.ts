/** The same promise, whose failure whoever awaits it later will hear of: until then it must not pass for one that nobody handles. */
export function later<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
