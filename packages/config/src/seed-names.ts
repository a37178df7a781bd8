import type { SeedShape } from "./schema/step-schemas.ts";

/** A name for each seed: where it comes from, with where it goes where that is not unique, with a number where that is not either. */
export function seedNames(seeds: readonly SeedShape[]): readonly string[] {
  const sources = seeds.map(sourceName);
  const targeted = seeds.map((seed, index) => `${sources[index]} into ${seed.into}`);
  return seeds.map((_, index) => {
    const [source = "", target = ""] = [sources[index], targeted[index]];
    if (isOnce(sources, source)) return source;
    if (isOnce(targeted, target)) return target;
    return `${target} #${targeted.slice(0, index + 1).filter((other) => other === target).length}`;
  });
}

function sourceName({ from }: SeedShape): string {
  if (typeof from === "string") return from;
  const words = typeof from.run === "string" ? from.run : from.run.join(" ");
  const [first = "", ...more] = words.trim().split("\n");
  return more.length === 0 ? first : `${first} …`;
}

function isOnce(names: readonly string[], name: string): boolean {
  return names.indexOf(name) === names.lastIndexOf(name);
}
