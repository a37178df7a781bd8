import { isDeepStrictEqual } from "node:util";
import { compareRelations, type Comparison } from "@rehearse/dataset";
import { plainComparison, type PlainFindings } from "./plain-comparison.ts";
import type { Transport } from "./transport.ts";
import type { TruthCase } from "./truth-case.ts";

/** What a case is, and the ways of comparing that said so. */
interface Checked {
  readonly findings: PlainFindings;
  readonly rungs: readonly string[];
}

/** The plain way of comparing, and the quick ones, which else only large tables take: up to so many rows are compared the plain way. */
const ways = { plain: undefined, quick: 0 };

/** Compares a case as the tool does, in each of these ways, and in memory; throws what they disagree on. */
export async function checkCase(transport: Transport, it: TruthCase, by: readonly (keyof typeof ways)[]): Promise<Checked> {
  try {
    const reference = await transport.carry(it.reference);
    const current = await transport.carry(it.current);
    const expected = plainComparison(it);
    const rungs: string[] = [];
    for (const way of by) {
      const sides = { tables: transport.tables, reference, current };
      const comparison = await compareRelations({ ...sides, rules: it.rules, fewRows: ways[way], examples: 1000 });
      const found = findings(comparison);
      rungs.push(comparison.rung.name);
      requireAllExamples(comparison);
      if (isDeepStrictEqual(found, expected)) continue;
      throw new Error(
        `through ${transport.name} by ${comparison.rung.name}: the comparison found\n${JSON.stringify(found)}\nand it is\n${JSON.stringify(expected)}`,
      );
    }
    return { findings: expected, rungs };
  } finally {
    await transport.clear();
  }
}

/** What the tool found, in the words of the plain comparison. */
function findings(it: Comparison): PlainFindings {
  return {
    by: it.matching.by,
    added: it.added,
    removed: it.removed,
    changed: it.changed,
    columns: Object.fromEntries(
      it.columns.map(({ name, changed, toTolerance, nullToValue, valueToNull }) => [
        name,
        { changed, toTolerance, nullToValue, valueToNull },
      ]),
    ),
    schema: it.schema.flatMap((change) => (change.change === "key" ? [] : [`${change.change} ${change.column}`])).toSorted(),
    notCompared: it.notCompared.map(({ column }) => column),
    verdict: it.verdict,
  };
}

/** Where all differing rows are asked for, they are there. */
function requireAllExamples({ added, removed, changed, examples }: Comparison): void {
  // Where no column is compared there is a count, and nothing to show of it.
  if (examples.fields.length === 0) return;
  const shown = { added: examples.added.length, removed: examples.removed.length, changed: examples.changed.length };
  if (!isDeepStrictEqual(shown, { added, removed, changed }))
    throw new Error(`of ${JSON.stringify({ added, removed, changed })} it shows ${JSON.stringify(shown)}`);
}
