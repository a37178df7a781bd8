import { join } from "node:path";
import { compareDatasets, exportDataset, materialise, readCells, writeRestoration, type Dataset, type Tables } from "@rehearse/dataset";
import { messageOf, RehearseError } from "@rehearse/errors";
import type { FidelityCase } from "./fidelity-case.ts";
import type { Ground } from "./ground.ts";

/** What became of the values of one type. */
export interface FidelityLine {
  readonly type: string;
  readonly of: string;
  readonly canonical: string;
  /** On the way to a place and back: `exact`, why they are not compared, or `LOST: …`. */
  readonly ways: Readonly<Record<string, string>>;
}

interface Measuring {
  readonly tables: Tables;
  readonly directory: string;
  readonly home: Ground;
  readonly away: Ground;
}

const sideBySide = 3;

/** Measures every case of an engine. */
export async function measureAll(measuring: Measuring): Promise<FidelityLine[]> {
  const cases = [...measuring.home.cases.entries()];
  const lines: FidelityLine[] = [];
  while (cases.length > 0)
    lines.push(...(await Promise.all(cases.splice(0, sideBySide).map(([index, one]) => measure(one, index, measuring)))));
  return lines;
}

/** Takes the values of a case through a dataset to the same engine, to the other one and to Parquet, and looks at what came of them. */
async function measure(one: FidelityCase, index: number, measuring: Measuring): Promise<FidelityLine> {
  const { home, away, tables, directory } = measuring;
  const table = `${home.title.toLowerCase()}_${index}`;
  const rows = await home.fill(table, one);
  const dataset = await read(home, { table, measuring });
  const type = dataset.manifest.columns[1]?.type ?? { notComparable: "there is no column v" };
  const line = { type: one.type, of: one.of ?? "" };
  const places = [home.title, away.title, "Parquet"];
  if (typeof type !== "string")
    return { ...line, canonical: "–", ways: Object.fromEntries(places.map((place) => [place, type.notComparable])) };

  const cells = await readCells({ tables, dataset, limit: rows + 1 });
  const texts = new Set(cells.rows.map(([, text]) => text));
  const kept = cells.rows.length === rows && texts.size === rows;

  const file = join(directory, `${table}.csv`);
  const restoration = await writeRestoration({ tables, dataset, file });
  const back = await judged(async () => {
    await home.copyEmpty(table, `${table}_back`);
    await home.session.restore(`${table}_back`, restoration);
    const again = await read(home, { table: `${table}_back`, measuring });
    const same =
      again.manifest.digest.value === dataset.manifest.digest.value &&
      (await home.identical({ one: table, other: `${table}_back`, type: one.type }));
    return kept && same ? "exact" : `LOST: ${JSON.stringify(cells.rows)}`;
  });
  const there = await judged(async () => {
    await away.session.restore(table, restoration);
    const current = await read(away, { table, measuring });
    const found = await compareDatasets({ tables, reference: dataset, current, rules: { key: ["id"], ignore: [] } });
    const [left] = found.notCompared;
    if (left !== undefined) return left.reason;
    return found.added + found.removed + found.changed === 0 ? "exact" : `LOST: ${JSON.stringify(found.examples.changed)}`;
  });
  const parquet = await judged(async () => {
    const exported = join(directory, `${table}.parquet`);
    await exportDataset({ tables, dataset, file: exported });
    const { columns, key } = dataset.manifest;
    const extraction = { format: "parquet", file: exported, columns, key, rows } as const;
    const again = await materialise({ tables, extraction, directory: join(directory, `${table}_parquet`) });
    return again.manifest.digest.value === dataset.manifest.digest.value ? "exact" : "LOST";
  });
  return { ...line, canonical: type, ways: { [home.title]: back, [away.title]: there, Parquet: parquet } };
}

async function judged(way: () => Promise<string>): Promise<string> {
  try {
    return await way();
  } catch (error) {
    if (!(error instanceof RehearseError && error.code === "REFERENCE_INVALID")) throw error;
    return (
      messageOf(error)
        .replace(/^The reference of \S+ cannot be restored: (.*?)\.?$/s, "$1")
        // Which of several values it names depends on which the server reads first.
        .replace(/(from JSON element): .*$/s, "$1")
    );
  }
}

async function read(ground: Ground, { table, measuring }: { table: string; measuring: Measuring }): Promise<Dataset> {
  const { tables, directory } = measuring;
  const place = join(directory, `${table}.${ground.title}`);
  const extraction = await ground.session.extract({ table }, `${place}.rows`);
  return await materialise({ tables, extraction, directory: `${place}.dataset` });
}
