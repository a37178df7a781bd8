/** A value for what does not exist; any other failure goes on. */
export function ifMissing<T>(value: T): (thrown: unknown) => T {
  return (thrown) => {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT") return value;
    throw thrown;
  };
}
