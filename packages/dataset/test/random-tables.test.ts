import fc from "fast-check";
import { expect, test } from "vitest";
import { acceptReference, compareDatasets, digestDataset, readCells, readReference } from "../src/index.ts";
import { tablePair } from "./support/arbitrary-tables.ts";
import { plainCounts } from "./support/oracle.ts";
import { openWorkshop } from "./support/table-workshop.ts";

// Generous: two cores may be shared with much else.
const timeout = 240_000;

test(
  "120 random pairs of tables are counted as a plain comparison in memory counts them, and have one digest exactly where they are the same",
  async () => {
    await using workshop = await openWorkshop();
    const { tables } = workshop;
    const ways = { key: 0, multiset: 0, changed: 0 };
    await fc.assert(
      fc.asyncProperty(tablePair, async ({ names, types, reference, current, key, declared, ignore, format }) => {
        const columns = names.map((name, index) => ({ name, type: types[index] ?? "text", source: "any" }));
        const before = await workshop.dataset({ columns, rows: reference, key: declared ? [] : key, format });
        const after = await workshop.dataset({ columns, rows: current, key: declared ? [] : key, format });
        expect((await readCells({ tables, dataset: after, limit: 100 })).rows).toEqual(current);
        const found = await compareDatasets({
          tables,
          reference: before,
          current: after,
          rules: { key: declared ? key : undefined, ignore },
          examples: 1000,
        });
        const { by, ...counts } = plainCounts({ reference: { names, rows: reference }, current: { names, rows: current }, key, ignore });
        const compared = names.length > ignore.length;
        expect({
          by: found.matching.by,
          added: found.added,
          removed: found.removed,
          changed: found.changed,
          columns: Object.fromEntries(found.columns.map((it) => [it.name, it.changed])),
        }).toEqual({ by, ...counts });
        expect(found.rows).toEqual({ reference: reference.length, current: current.length });
        const { added, removed, changed } = found.examples;
        // Where no column is compared there is a count, and nothing to show of it.
        const shown = compared ? [counts.added, counts.removed, counts.changed] : [0, 0, 0];
        expect([added.length, removed.length, changed.length]).toEqual(shown);
        const different = counts.added + counts.removed + counts.changed > 0;
        expect(found.verdict).toBe(different ? "different" : compared ? "same" : "not compared");
        const digests = [];
        for (const dataset of [before, after])
          digests.push(ignore.length === 0 ? dataset.manifest.digest : await digestDataset({ tables, dataset, ignore }));
        expect(digests[0]?.value === digests[1]?.value).toBe(!different);
        ways[by] += 1;
        if (counts.changed > 0) ways.changed += 1;
      }),
      { numRuns: 120, seed: 20260801 },
    );
    // The pairs are worth something only if they are of every kind.
    for (const count of Object.values(ways)) expect(count).toBeGreaterThan(12);
  },
  timeout,
);

test(
  "60 random tables come back from a reference as they went in, and are accepted once",
  async () => {
    await using workshop = await openWorkshop();
    const { tables } = workshop;
    await fc.assert(
      fc.asyncProperty(tablePair, async ({ names, types, current, key, ignore, format }) => {
        const columns = names.map((name, index) => ({ name, type: types[index] ?? "text", source: "any" }));
        const dataset = await workshop.dataset({ columns, rows: current, key, format });
        const directory = workshop.path("reference");
        expect(await acceptReference({ tables, dataset, directory, ignore })).toBe("written");
        const reference = await readReference({ tables, directory });
        if (reference === null) throw new Error("no reference");
        const kept = (cells: readonly (string | null)[]): string =>
          JSON.stringify(cells.filter((_, index) => !ignore.includes(names[index] ?? "")));
        const rows = (await readCells({ tables, dataset: reference, limit: 100 })).rows;
        expect(rows.map((cells) => JSON.stringify(cells)).toSorted()).toEqual(current.map(kept).toSorted());
        expect(await acceptReference({ tables, dataset, directory, ignore })).toBe("unchanged");
        const { verdict } = await compareDatasets({ tables, reference, current: dataset, rules: { key: undefined, ignore } });
        expect(verdict).toBe(names.length > ignore.length ? "same" : "not compared");
      }),
      { numRuns: 60, seed: 20260802 },
    );
  },
  timeout,
);
