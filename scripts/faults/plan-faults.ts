import { readFileSync } from "node:fs";
import path from "node:path";
import type { Compiler } from "./compiler.ts";
import { type Fault, withFault } from "./fault.ts";
import { findFaults } from "./find-faults.ts";
import { type Equivalents, withoutEquivalents } from "./equivalents.ts";
import { randomOf, shuffled } from "./random.ts";

interface Request {
  readonly root: string;
  /** From the root. */
  readonly files: readonly string[];
  readonly count: number;
  readonly seed: string;
  readonly compiler: Compiler;
  readonly equivalents: Equivalents;
}

/**
 * So many faults, the same for the same seed and sources: each file gets as many as its share of all places where one can be, one at least where there are as many faults
 * as files, and in a file each kind of mistake is as likely as another. All of them compile.
 */
export function planFaults({ root, files, count, seed, compiler, equivalents }: Request): Fault[] {
  const random = randomOf(seed);
  const places = shuffled(files, random).map((file) => {
    const content = readFileSync(path.join(root, file), "utf8");
    return { content, waiting: kindsInTurn(withoutEquivalents(findFaults(file, content), { content, equivalents }), random), taken: 0 };
  });
  const all = places.reduce((sum, { waiting }) => sum + waiting.length, 0);
  const weighed = places.map((place) => ({ ...place, share: (place.waiting.length * count) / all }));
  const faults: Fault[] = [];
  while (faults.length < count) {
    // A file without a fault comes before any second one; then whoever lacks most of its share.
    const next = weighed
      .filter(({ waiting }) => waiting.length > 0)
      .toSorted((one, other) => Number(one.taken > 0) - Number(other.taken > 0) || other.share - other.taken - (one.share - one.taken))[0];
    const fault = next?.waiting.shift();
    if (next === undefined || fault === undefined) return faults;
    if (!compiler.accepts(fault.file, withFault(next.content, fault))) continue;
    next.taken += 1;
    faults.push(fault);
  }
  return faults;
}

/** One fault of each kind, then a second of each, and so on; which kind and which fault comes first, chance decides. */
function kindsInTurn(faults: readonly Fault[], random: () => number): Fault[] {
  const kinds = shuffled([...Map.groupBy(shuffled(faults, random), ({ kind }) => kind).values()], random);
  const most = Math.max(0, ...kinds.map((kind) => kind.length));
  return Array.from({ length: most }, (_, turn) => kinds.flatMap((kind) => kind[turn] ?? [])).flat();
}
