import { chmod, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

/**
 * Stand-ins for `node` and `bash`, to be first on PATH. act runs steps on a pseudo-terminal and drops what a failing step wrote last; GitHub's runner
 * gives a pipe and reads it to its end. So the real program gets a pipe, and after a failure act gets the time to read.
 */
export async function stepShims(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  // act asks once, by running a script, which node there is: this one.
  await shim(path.join(folder, "node"), { program: process.execPath, first: 'case "$*" in *process.execPath*) echo "$0"; exit ;; esac' });
  await shim(path.join(folder, "bash"), { program: "/bin/bash", first: ":" });
  return folder;
}

async function shim(file: string, { program, first }: { readonly program: string; readonly first: string }): Promise<void> {
  const lines = [
    "#!/bin/bash",
    first,
    `"${program}" "$@" </dev/null 2>&1 | cat`,
    "status=${PIPESTATUS[0]}",
    '[ "$status" = 0 ] || sleep 0.3',
    'exit "$status"',
  ];
  await writeFile(file, `${lines.join("\n")}\n`);
  await chmod(file, 0o755);
}
