import { afterAll, beforeAll, expect, test } from "vitest";
import { requireKnownColumns } from "../src/compare/known-columns.ts";
import { RuleError, type ComparisonRules, type Relation } from "../src/index.ts";
import { columns, openWorkshop, type TableWorkshop } from "./support/table-workshop.ts";

let workshop: TableWorkshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop[Symbol.asyncDispose]());

function side(names: readonly string[], rows = 7): Relation {
  const types = Object.fromEntries(names.map((name) => [name, "text"] as const));
  return { title: "a side", columns: columns(types), key: [], rows, from: "none", values: [] };
}

/** What is wrong with rules; null where nothing is. */
async function fault(rules: Partial<ComparisonRules>, reference: Relation, current = reference) {
  const checked = requireKnownColumns({ tables: workshop.tables, reference, current }, { ignore: [], ...rules });
  return await checked.then(
    () => null,
    (thrown: unknown) => (thrown instanceof RuleError ? thrown.problem : Promise.reject(thrown)),
  );
}

const table = side(["id", "amount", "region", "amounts", "note"]);

test("rules may name columns that either side has", async () => {
  const [left, right] = [side(["id", "amount"]), side(["id", "region"])];
  const rules = { key: ["id"], ignore: ["amount"], columns: { region: {} } };
  expect(await fault(rules, left, right)).toBeNull();
  expect(await fault(rules, right, left)).toBeNull();
  expect(await fault({}, left, right)).toBeNull();
});

test("a column that neither side has is refused where it is named, with the column of the most similar name", async () => {
  const refused = (rule: string, path: readonly string[], got: string, near: string) => ({
    path,
    message: `\`${rule}\` names the column ${JSON.stringify(got)}, which neither the reference nor the current data has`,
    expected: "one of id, amount, region, amounts, note",
    got,
    hint: `Did you mean ${JSON.stringify(near)}?`,
    lacks: "column",
  });
  expect(await fault({ key: ["id", "ix"] }, table)).toEqual(refused("key", ["key"], "ix", "id"));
  expect(await fault({ ignore: ["note", "AMOUNT"] }, table)).toEqual(refused("ignore", ["ignore"], "AMOUNT", "amount"));
  expect(await fault({ columns: { id: {}, reigon: {} } }, table)).toEqual(refused("columns", ["columns", "reigon"], "reigon", "region"));
  expect(await fault({ key: ["amountx"] }, table)).toEqual(refused("key", ["key"], "amountx", "amount"));
});

test("a name with a NUL is never the similar one, and one without any name has none", async () => {
  expect(await fault({ key: ["i\0d"] }, side(["i\0c", "idea"]))).toMatchObject({ got: "i\0d", hint: 'Did you mean "idea"?' });
  expect(await fault({ key: ["id"] }, side(["i\0d"]))).toMatchObject({ hint: "The dataset has no columns." });
});

test("sides without columns and rows know no names; with rows they refuse all", async () => {
  const rules = { key: ["id"], ignore: ["id"] };
  expect(await fault({ key: ["id"] }, side([], 0))).toBeNull();
  expect(await fault(rules, side([], 0))).toBeNull();
  expect(await fault(rules, side([], 1), side([], 0))).toMatchObject({ path: ["key"], hint: "The dataset has no columns." });
  expect(await fault(rules, side([], 0), side([], 1))).toMatchObject({ path: ["key"], hint: "The dataset has no columns." });
  expect(await fault(rules, side(["v"], 0))).toMatchObject({ path: ["key"], got: "id" });
});

test("a column that is ignored can neither be of the key nor have rules", async () => {
  const both = (rule: string, got: string, why: string) => ({
    path: rule === "key" ? ["key"] : ["columns", got],
    message: `the column ${JSON.stringify(got)} is in \`${rule}\` and in \`ignore\`: ${why}`,
    expected: "the column in one of them",
    got,
    hint: "Take it out of one of them.",
  });
  expect(await fault({ key: ["id", "note"], ignore: ["region", "note"] }, table)).toEqual(
    both("key", "note", "rows cannot be matched by what is not compared"),
  );
  expect(await fault({ key: ["id"], columns: { amount: {}, region: {} }, ignore: ["region"] }, table)).toEqual(
    both("columns", "region", "a rule for what is not compared says nothing"),
  );
  expect(await fault({ key: ["id"], columns: { amount: {} }, ignore: ["region"] }, table)).toBeNull();
});
