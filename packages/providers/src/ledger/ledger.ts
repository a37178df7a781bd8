import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { type ProcessIdentity, writing } from "@rehearse/process";
import type { LedgerEntry, LedgerHeader } from "./ledger-entry.ts";
import { ledgerFile } from "./state-directory.ts";

type Line = LedgerEntry extends infer E ? (E extends LedgerEntry ? Omit<E, "v" | "seq"> : never) : never;

/**
 * The record of what one environment makes, written ahead: each line is on the disk before the act it speaks of begins, so that a crash at any
 * moment leaves enough to find and remove everything.
 */
export class Ledger implements Disposable {
  /** Absolute. */
  readonly file: string;
  readonly #fd: number;
  #lines = 0;

  private constructor(file: string, fd: number) {
    this.file = file;
    this.#fd = fd;
  }

  /** Begins the ledger of a new environment. DIRECTORY_NOT_WRITABLE where the state directory cannot be written. */
  static create(header: LedgerHeader): Ledger {
    const file = ledgerFile(header.id);
    return writing(file, () => {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      const ledger = new Ledger(file, openSync(file, "ax", 0o600));
      ledger.#append(header);
      syncDirectory(dirname(file));
      return ledger;
    });
  }

  /** Makes a directory (its parent exists) of the given mode, whatever the umask. `id` is unique within its kind. */
  makeDirectory({ id, path, mode }: { id: string; path: string; mode: number }): void {
    this.#write({ state: "intent", kind: "directory", id, undo: { path } });
    writing(path, () => {
      mkdirSync(path);
      chmodSync(path, mode);
    });
    this.#write({ state: "made", kind: "directory", id, undo: { path } });
  }

  /** Starts the process of a service by `start`, which must label it with that service. */
  async makeProcess<T extends ProcessIdentity>({ id, service }: { id: string; service: string }, start: () => Promise<T>): Promise<T> {
    this.#write({ state: "intent", kind: "process", id, undo: { service } });
    const made = await start();
    this.#write({ state: "made", kind: "process", id, undo: { service, pid: made.pid, startedAt: made.startedAt } });
    return made;
  }

  [Symbol.dispose](): void {
    closeSync(this.#fd);
  }
