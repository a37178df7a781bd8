import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writing } from "@rehearse/process";
import { z } from "zod";
import { memoryPlace, memoryPlaces } from "./memory-place.ts";

const marker = ".rehearse-environment";
const markerSchema = z.strictObject({ v: z.literal(1), id: z.string(), ledger: z.string() });

/** A directory of an environment, as its own marker says. */
export interface MarkedDirectory {
  readonly path: string;
  readonly id: string;
  readonly ledger: string;
}

/** Where the directory of an environment lies: a short path, because the path of a Unix socket has little more than 100 bytes. */
export function environmentDirectory(id: string): string {
  return join(
    writing(tmpdir(), () => realpathSync(tmpdir())),
    nameOf(id),
  );
}

/** Where the directory lies that servers keep their data in; null where that is the environment's own. */
export function dataDirectory(id: string): string | null {
  const place = memoryPlace();
  return place === null ? null : join(place, nameOf(id));
}

/** Every directory that an environment may have made. */
export function possibleDirectories(id: string): string[] {
  return [environmentDirectory(id), ...memoryPlaces.map((place) => join(place, nameOf(id)))];
}

const nameOf = (id: string): string => `rh-${id}`;

/** Says in the directory whose it is, so that it is known as ours also when its ledger is gone. */
export function markDirectory({ path, id, ledger }: MarkedDirectory): void {
  writeFileSync(join(path, marker), `${JSON.stringify({ v: 1, id, ledger })}\n`, { mode: 0o600 });
}

/** The directories of environments that belong to this user. What carries no marker of ours is not among them. */
export function markedDirectories(): MarkedDirectory[] {
  const parents = new Set([tmpdir(), ...memoryPlaces].filter((place) => existsSync(place)).map((place) => realpathSync(place)));
  return [...parents].flatMap(markedIn);
}

function markedIn(parent: string): MarkedDirectory[] {
  return readdirSync(parent).flatMap((name) => {
    const path = join(parent, name);
    const id = /^rh-([a-z][a-z0-9]{7})$/.exec(name)?.[1];
    const mark = id === undefined ? null : readMarker(path);
    return mark?.id === id && mark !== null ? [{ path, id: mark.id, ledger: mark.ledger }] : [];
  });
}

/** Null for a directory that is somebody else's, has no marker or one that is not ours, or goes while it is read. */
function readMarker(path: string): z.infer<typeof markerSchema> | null {
  try {
    const { uid } = lstatSync(path);
    if (uid !== process.getuid?.()) return null;
    return markerSchema.safeParse(JSON.parse(readFileSync(join(path, marker), "utf8"))).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && "code" in error)) return null;
    throw error;
  }
}
