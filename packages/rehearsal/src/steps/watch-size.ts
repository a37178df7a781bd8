import { readdir, stat } from "node:fs/promises";
import path from "node:path";

const everyMs = 5000;

/** Tells every few seconds how many megabytes the files in a folder have come to; disposing ends it. */
export function watchSize(folder: string, tell: (megabytes: number) => void): Disposable {
  let isOver = false;
  // What was looked at when it ended comes too late.
  const look = async (): Promise<void> => {
    const megabytes = await megabytesOf(folder);
    if (!isOver) tell(megabytes);
  };
  const timer = setInterval(() => void look(), everyMs);
  return {
    [Symbol.dispose]: () => {
      isOver = true;
      clearInterval(timer);
    },
  };
}

/** Of a folder that is being filled; what goes meanwhile has no size any more. */
async function megabytesOf(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(path.join(folder, name))
        .then(({ size }) => size)
        .catch(() => 0),
    ),
  );
  return Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1e6);
}
