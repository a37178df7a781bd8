import type { ComparedColumn } from "./compared-columns.ts";
import type { RowMatching } from "./comparison.ts";
import type { Relation } from "./relation.ts";

/** How rows can be matched as far as columns tell: by the declared key, else by the engine's, else as a multiset with the reason. */
export function chooseMatching(sides: {
  current: Relation;
  compared: readonly ComparedColumn[];
  declared: readonly string[] | undefined;
  ignore: readonly string[];
}): RowMatching {
  const { current, compared, ignore } = sides;
  const declared = sides.declared ?? [];
  const columns = declared.length > 0 ? declared : current.key;
  const missing = columns.find((name) => !compared.some((column) => column.name === name));
  if (columns.length > 0 && missing === undefined) return { by: "key", columns };
  return asMultiset(
    compared,
    missing === undefined ? "there is no key" : `the key column ${JSON.stringify(missing)} ${whyUnusable(missing, { current, ignore })}`,
  );
}

/** Rows matched by all that is compared, and why. */
export function asMultiset(compared: readonly ComparedColumn[], reason: string): RowMatching {
  const tolerant = compared.filter(({ tolerance }) => tolerance !== undefined).map(({ name }) => name);
  const exactly = tolerant.length === 0 ? "" : `; without a key no tolerance can be applied: ${tolerant.join(", ")} compared exactly`;
  return { by: "multiset", columns: compared.map(({ name }) => name), reason: `${reason}${exactly}` };
}

function whyUnusable(name: string, { current, ignore }: { current: Relation; ignore: readonly string[] }): string {
  if (ignore.includes(name)) return "is ignored";
  return current.columns.some((column) => column.name === name)
    ? "is not in the reference, or cannot be compared with it"
    : "is in the reference only";
}
