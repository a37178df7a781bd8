import { readdir } from "node:fs/promises";
import { expect, test } from "vitest";
import { keepFewRows, keepRows, type KeptRows } from "../src/tables/keep-rows.ts";
import { openWorkshop, type TableWorkshop } from "./support/table-workshop.ts";

const numbers = (from: number, to: number): string => `SELECT range AS n, 'x' || range AS t FROM range(${from}, ${to})`;

async function rowsOf({ tables }: TableWorkshop, { from }: KeptRows): Promise<string> {
  const rows = await tables.query(`SELECT n, t FROM ${from} ORDER BY n`, "testing");
  return rows.map((cells) => cells.join(":")).join(" ");
}

test.each([
  ["files", keepRows],
  ["a table", keepFewRows],
])("rows that are kept in %s can be asked more than once, and more of them added", async (_, keep) => {
  await using workshop = await openWorkshop();
  const { tables } = workshop;
  await using kept = await keep({ tables, select: numbers(0, 2), doing: "testing" });
  expect(await rowsOf(workshop, kept)).toBe("0:x0 1:x1");
  expect(await kept.add(numbers(7, 10))).toBe(3);
  expect(await kept.add(numbers(7, 7))).toBe(0);
  expect(await kept.add(numbers(4, 5))).toBe(1);
  expect(await rowsOf(workshop, kept)).toBe("0:x0 1:x1 4:x4 7:x7 8:x8 9:x9");
});

test.each([
  ["files", keepRows],
  ["a table", keepFewRows],
])("where no row is kept in %s it is known which columns there are, also after more of none", async (_, keep) => {
  await using workshop = await openWorkshop();
  const { tables } = workshop;
  await using kept = await keep({ tables, select: numbers(3, 3), doing: "testing" });
  expect(await kept.add(numbers(4, 4))).toBe(0);
  expect(await rowsOf(workshop, kept)).toBe("");
  expect(await kept.add(numbers(4, 5))).toBe(1);
  expect(await rowsOf(workshop, kept)).toBe("4:x4");
});

test("files are kept only for rows, but for the first, and are gone afterwards; so is the table", async () => {
  await using workshop = await openWorkshop();
  const { tables, directory } = workshop;
  const files = async () => (await readdir(directory, { recursive: true })).filter((name) => name.endsWith(".parquet")).length;
  {
    await using kept = await keepRows({ tables, select: numbers(3, 3), doing: "testing" });
    expect(await files()).toBe(1);
    await kept.add(numbers(3, 3));
    expect(await files()).toBe(1);
    await kept.add(numbers(3, 4));
    expect(await files()).toBe(2);
  }
  expect(await files()).toBe(0);
  const few = await keepFewRows({ tables, select: numbers(0, 2), doing: "testing" });
  await few[Symbol.asyncDispose]();
  await expect(rowsOf(workshop, few)).rejects.toThrow(/does not exist/);
});
