import { notWritable } from "@rehearse/errors";

export { notWritable };

/** Does one write to `path`. */
export function writing<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw notWritable(path, error);
  }
}
