import { chmodSync, closeSync, constants, existsSync, fdatasyncSync, fsyncSync, mkdirSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { RehearseError } from "@rehearse/errors";
import { type ProcessIdentity, writing } from "@rehearse/process";
import type { LedgerEntry, LedgerHeader } from "./ledger-entry.ts";
import { ledgerFile } from "./state-directory.ts";

/** Without the fields that the ledger numbers itself. */
type Unnumbered<E> = E extends LedgerEntry ? Omit<E, "v" | "seq"> : never;

/**
 * The record of what one environment makes, written ahead: each intent is on the disk before the act it speaks of begins, so that a crash at any
 * moment leaves enough to find and remove everything. Ids are unique within their kind.
 */
export class Ledger {
  /** Absolute. */
  readonly file: string;
  #seq = 0;

  private constructor(file: string) {
    this.file = file;
  }

  /** Begins the ledger of a new environment. DIRECTORY_NOT_WRITABLE where the state directory cannot be written. */
  static create(header: LedgerHeader): Ledger {
    const ledger = new Ledger(ledgerFile(header.id));
    writing(ledger.file, () => {
      mkdirSync(dirname(ledger.file), { recursive: true, mode: 0o700 });
      ledger.#append(header, { flags: constants.O_CREAT | constants.O_EXCL, sync: true });
      const directory = openSync(dirname(ledger.file), constants.O_RDONLY);
      fsyncSync(directory);
      closeSync(directory);
    });
    return ledger;
  }

  /** Makes a directory, whose parent exists, with this mode whatever the umask. DIRECTORY_NOT_WRITABLE. */
  makeDirectory({ id, path, mode }: { id: string; path: string; mode: number }): void {
    this.#write({ state: "intent", kind: "directory", id, undo: { path } });
    writing(path, () => {
      mkdirSync(path, { mode });
      chmodSync(path, mode);
    });
    this.#write({ state: "made", kind: "directory", id, undo: { path } });
  }

  /** Starts a process by `start`, which labels it with this service, so that it is found again if its identity is never written down. */
  async makeProcess<T extends ProcessIdentity>({ id, service }: { id: string; service: string }, start: () => Promise<T>): Promise<T> {
    this.#write({ state: "intent", kind: "process", id, undo: { service } });
    const made = await start();
    this.#write({ state: "made", kind: "process", id, undo: { service, pid: made.pid, startedAt: made.startedAt } });
    return made;
  }

  /** Makes something with the Docker engine of that socket, under a name that the environment's label goes with. */
  async makeContained<T>(
    { kind, socket, name }: { kind: "container" | "network"; socket: string; name: string },
    make: () => Promise<T>,
  ): Promise<T> {
    this.#write({ state: "intent", kind, id: name, undo: { socket, name } });
    const made = await make();
    this.#write({ state: "made", kind, id: name, undo: { socket, name } });
    return made;
  }

  /** Never makes the file anew: where it is gone, somebody took the environment down, and what is made now would be found by nobody. */
  #write(entry: Unnumbered<LedgerEntry>): void {
    if (!existsSync(this.file)) {
      throw new RehearseError({
        code: "LEDGER_UNREADABLE",
        message: `The environment was taken down while it was in use: its ledger ${this.file} is gone.`,
        hint: "Start again, and let `rehearse down` wait until nothing uses the environment.",
      });
    }
    this.#seq += 1;
    // What was made is found by its intent as well: only the intent must be on the disk before anything goes on.
    writing(this.file, () => this.#append({ v: 1, seq: this.#seq, ...entry }, { flags: 0, sync: entry.state === "intent" }));
  }

  #append(line: LedgerHeader | LedgerEntry, { flags, sync }: { flags: number; sync: boolean }): void {
    const fd = openSync(this.file, constants.O_WRONLY | constants.O_APPEND | flags, 0o600);
    try {
      writeSync(fd, `${JSON.stringify(line)}\n`);
      if (sync) fdatasyncSync(fd);
    } finally {
      closeSync(fd);
    }
  }
}
