import { isDeepStrictEqual } from "node:util";
import { compareRelations, type Comparison } from "@rehearse/dataset";
import { plainComparison, type PlainFindings } from "./plain-comparison.ts";
import type { Transport } from "./transport.ts";
import type { TruthCase } from "./truth-case.ts";

/** Compares a case as the tool does and the plain way; throws what they disagree on. */
export async function checkCase(transport: Transport, it: TruthCase): Promise<PlainFindings> {
  try {
    const reference = await transport.carry(it.reference);
    const current = await transport.carry(it.current);
    const found = findings(await compareRelations({ tables: transport.tables, reference, current, rules: it.rules }));
    const expected = plainComparison(it);
    if (!isDeepStrictEqual(found, expected))
      throw new Error(`through ${transport.name}: the comparison found\n${JSON.stringify(found)}\nand it is\n${JSON.stringify(expected)}`);
    return expected;
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
