import type { Report } from "@rehearse/rehearsal";
import { count, plural } from "./amounts.ts";
import { say, sayList, type Phrase } from "./phrase.ts";

/** What the run was compared with, in a few words: `the stored references`, `commit abc1234 (merge base with origin/main)`. */
export function againstPhrase({ against }: Report): Phrase {
  if (against.kind === "stored") return ["the stored references"];
  if (against.kind === "file") return say`${against.path}`;
  if (against.kind === "run") return say`run ${against.run}`;
  const { commit, name, failure, noise } = against;
  const how = failure !== null ? ", which gave none" : noise ? ", rehearsed twice" : "";
  return say`commit ${commit.slice(0, 7)} (${name})${[how]}`;
}

/** The commit that was rehearsed, and whether files were other than in it; null where there is none. */
export function commitPhrase({ commit }: Report): Phrase | null {
  if (commit === null) return null;
  const [name = "", changes] = commit.split("+");
  return say`commit ${name.slice(0, 7)}${[changes === undefined ? "" : " with uncommitted changes"]}`;
}

/** What a run of one stage alone was, and what was done in place of the stages before it; null where the whole scenario ran. */
export function onlyPhrase({ only, seeds }: Report): Phrase | null {
  if (only === null) return null;
  const stages = only.ran.filter((name) => !seeds.some((seed) => seed.name === name));
  const before = [...(stages.length === 0 ? [] : [sayList(stages)]), ...(seeds.length === 0 ? [] : [[plural(seeds.length, "seed")]])];
  // Of a table that was loaded again and again, the last state is the one that counts.
  const last = [...new Map(only.loaded.map((one) => [one.dataset, one])).values()];
  const loaded = last
    .slice(0, 5)
    .flatMap(({ dataset, stage }, index): Phrase => [...(index === 0 ? [] : [", "]), ...say`${dataset} as ${stage} left it`]);
  return [
    ...say`${only.stage} alone`,
    ...before.flatMap((phrase, index): Phrase => [index === 0 ? ", after " : " and ", ...phrase]),
    ...(loaded.length === 0 ? [] : ["; loaded: ", ...loaded]),
    ...(last.length > 5 ? [` and ${count(last.length - 5)} more`] : []),
  ];
}
