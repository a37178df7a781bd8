import { messageOf, RehearseError } from "@rehearse/errors";

/** DIRECTORY_NOT_WRITABLE for a failed write to `path`: no permission, no space, no such place. */
export function notWritable(path: string, cause: unknown): RehearseError {
  return new RehearseError({
    code: "DIRECTORY_NOT_WRITABLE",
    message: `Cannot write ${path}.`,
    expected: "a place that this user may write to, with space left",
    got: messageOf(cause),
    hint: "Free space or mend the permissions of that directory, then run the command again.",
    cause,
  });
}

/** Does one write to `path`. */
export function writing<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw notWritable(path, error);
  }
}
