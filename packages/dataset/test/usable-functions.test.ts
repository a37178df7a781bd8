import { afterAll, beforeAll, expect, test } from "vitest";
import { unusableFunction } from "../src/compare/usable-functions.ts";
import { openWorkshop, type TableWorkshop } from "./support/table-workshop.ts";

let workshop: TableWorkshop;
beforeAll(async () => {
  workshop = await openWorkshop();
  for (const name of ["list_of_ours", "nosuch_of_ours"]) await workshop.tables.write(`CREATE MACRO ${name}(x) AS x`, "testing");
});
afterAll(() => workshop[Symbol.asyncDispose]());

const refused = (name: string): string =>
  `the function ${name} cannot be part of it: it does not work out one value from values alone, always the same`;

test("functions of values are usable, those that DuckDB writes in its own SQL too", async () => {
  expect(await unusableFunction(workshop.tables, [])).toBeNull();
  expect(await unusableFunction(workshop.tables, ["lower"])).toBeNull();
  const usable = [
    "lower",
    "abs",
    "list_transform",
    "list_sum",
    "list_append",
    "array_append",
    "split_part",
    "nullif",
    "fmod",
    "date_add",
    "md5_number_lower",
  ];
  expect(await unusableFunction(workshop.tables, usable)).toBeNull();
  for (const name of usable) expect(await unusableFunction(workshop.tables, [name])).toBeNull();
});

test.each([
  ["random", "gives another value each time"],
  ["now", "tells the time"],
  ["max", "looks at many rows"],
  ["array_agg", "looks at many rows, by a name like those of lists"],
  ["read_text", "reads files"],
  ["current_setting", "looks at settings"],
  ["getvariable", "looks at variables"],
  ["in_search_path", "looks at the session"],
  ["current_user", "tells the session"],
  ["nosuch", "is none"],
  ["pg_get_viewdef", "tells of the server, in SQL of its own"],
  ["list_of_ours", "somebody added, by a name like those of lists"],
  ["nosuch_of_ours", "somebody added"],
])("%s is not usable: it is one that %s", async (name) => {
  const fault = name === "nosuch" ? `there is no function ${name}` : refused(name);
  expect(await unusableFunction(workshop.tables, [name])).toBe(fault);
  expect(await unusableFunction(workshop.tables, ["lower", name, "abs"])).toBe(fault);
});

test("of more than one the first is named", async () => {
  expect(await unusableFunction(workshop.tables, ["lower", "now", "nosuch"])).toBe(refused("now"));
  expect(await unusableFunction(workshop.tables, ["nosuch", "now"])).toBe("there is no function nosuch");
});
