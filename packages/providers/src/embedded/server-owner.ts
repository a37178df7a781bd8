import { readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { RehearseError } from "@rehearse/errors";
import type { ProcessOwner } from "@rehearse/process";

const name = "nobody";

/** Whom a server runs as that refuses to be root: nobody where we are root, ourselves (undefined) elsewhere. */
export function serverOwner(): ProcessOwner | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((one) => one.startsWith(`${name}:`));
  const [uid, gid] = line?.split(":").slice(2, 4).map(Number) ?? [];
  if (uid === undefined || gid === undefined) {
    throw new RehearseError({
      code: "ENGINE_START_FAILED",
      message: `This server does not run as root, and the system has no user ${name} to run it as.`,
      hint: "Run Rehearse as another user than root.",
    });
  }
  return { uid, gid };
}

/** Makes sure that `owner` can execute the program and enter the directory. ENGINE_START_FAILED names what is closed, and to whom. */
export function ensureOpen({ program, directory, owner }: { program: string; directory: string; owner: ProcessOwner }): void {
  for (const [path, variable] of [
    [program, "REHEARSE_CACHE"],
    [directory, "TMPDIR"],
  ] as const) {
    const closed = [path, ...ancestors(path)].find((one) => !isOpen(one, owner));
    if (closed === undefined) continue;
    throw new RehearseError({
      code: "ENGINE_START_FAILED",
      message: `As root, this server runs as the user ${name}, to whom ${closed} is closed.`,
      hint: `Set ${variable} to a directory that every user may enter, or open this one: chmod o+x ${closed}`,
    });
  }
}

function ancestors(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [] : [parent, ...ancestors(parent)];
}

/** Directories must be entered, programs executed: both is the x of whoever it is. */
function isOpen(path: string, { uid, gid }: ProcessOwner): boolean {
  const { mode, uid: user, gid: group } = statSync(path);
  const shift = user === uid ? 6 : group === gid ? 3 : 0;
  return ((mode >> shift) & 1) === 1;
}
