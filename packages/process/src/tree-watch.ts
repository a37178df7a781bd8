import { residentMemory } from "./linux-process-table.ts";
import type { ProcessIdentity } from "./process-identity.ts";
import { processTable } from "./process-table.ts";

const everyMs = 50;
/** A program that has just begun holds nothing yet, and a short one has soon ended: the first looks come quicker. */
const firstMs = 8;
/** Where a look takes long, as at a large tree, it is done less often, to take this share of the time, but at least so often. */
const share = 0.06;
const leastEveryMs = 200;

interface SeenProcess extends ProcessIdentity {
  readonly parent: number;
  readonly cpuMs: number | null;
}

/** Follows a process and all that descends from it while they run: who they are, and how much memory they hold. */
export class TreeWatch implements Disposable {
  readonly #root: ProcessIdentity;
  /** The latest state of every process that was seen, by identity. */
  readonly #seen = new Map<string, SeenProcess>();
  /** Those that ran at the last look: what has ended starts no others. */
  #running: readonly ProcessIdentity[];
  #maxRssBytes: number | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(root: ProcessIdentity) {
    this.#root = root;
    this.#running = [root];
    this.#watchAfter(firstMs);
  }

  /** Every process of the tree that was seen, ended or not. */
  get identities(): readonly ProcessIdentity[] {
    return [this.#root, ...this.#seen.values()];
  }

  /** The most memory seen: the sum of what its processes hold at one moment, or the highest mark of one. Memory they share counts for each. */
  get maxRssBytes(): number | null {
    return this.#maxRssBytes;
  }

  /** CPU time that nobody of the tree has waited for and so is not in the root's: that of processes that left their parent. Milliseconds. */
  get strayCpuMs(): number {
    const rows = [...this.#seen.values()];
    const pids = new Set(rows.map((row) => row.pid));
    const strays = rows.filter((row) => row.pid !== this.#root.pid && !pids.has(row.parent));
    return strays.reduce((sum, row) => sum + (row.cpuMs ?? 0), 0);
  }

  /** Adds processes that were found otherwise, or their later state. */
  note(processes: readonly SeenProcess[]): void {
    for (const one of processes) this.#seen.set(keyOf(one), one);
  }

  /** Looks once. Processes of the tree are known by their parent, and stay known when they leave it. */
  #look(): void {
    const members = processTable.tree(this.#running);
    this.#running = members;
    this.note(members);
    this.#measure(members);
  }

  #measure(processes: readonly ProcessIdentity[]): void {
    const memory = processes.flatMap(({ pid }) => residentMemory(pid) ?? []);
    if (memory.length === 0) return;
    const sum = memory.reduce((total, { now }) => total + now, 0);
    this.#maxRssBytes = Math.max(this.#maxRssBytes ?? 0, sum, ...memory.map(({ highest }) => highest));
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }

  #watchAfter(pauseMs: number): void {
    this.#timer = setTimeout(() => {
      const began = performance.now();
      this.#look();
      const affordableMs = Math.max(everyMs, (performance.now() - began) / share);
      this.#watchAfter(Math.min(2 * pauseMs, affordableMs, leastEveryMs));
    }, pauseMs);
  }
}

const keyOf = ({ pid, startedAt }: ProcessIdentity) => `${pid} ${startedAt}`;
