import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { reportOf } from "./regression.ts";
import { Workplace } from "./workplace.ts";

const exports = path.join(import.meta.dirname, "scenarios", "exports");

/** A copy of the scenario, and how to rehearse it with its program changed: what is said of each check. */
async function scenarioIn(place: Workplace) {
  const scenario = await place.copy(exports);
  const program = path.join(scenario, "export.mjs");
  const whole = await readFile(program, "utf8");
  const rehearse = async (change: (text: string) => string = (text) => text): Promise<Record<string, string>> => {
    await writeFile(program, change(whole));
    const ended = await place.rehearse(["test", scenario]);
    if (ended.code !== 0 && ended.code !== 1) throw new Error(ended.stdout + ended.stderr);
    const found = reportOf(scenario).checks.map(({ kind, name, verdict, reason }) => [
      `${kind} ${name}`,
      reason === "" ? verdict : `${verdict}: ${reason}`,
    ]);
    return Object.fromEntries(found);
  };
  return { scenario, rehearse };
}

test("files that a stage leaves are datasets: accepted, the same by value, different, different as expected", async () => {
  await using place = await Workplace.make();
  const { scenario, rehearse } = await scenarioIn(place);
  const unreferenced = "not compared: there is no reference yet";
  expect(await rehearse()).toEqual({ "diff orders": unreferenced, "diff events": unreferenced, "diff totals": unreferenced });
  expect((await place.rehearse(["accept", scenario])).code).toBe(0);

  expect(await rehearse((text) => text.replace("20.50", "20.51").replace("30.60", "30.6"))).toEqual({
    "diff orders": "same",
    "diff events": "same",
    "diff totals": "same",
    "expect more logins": "different: it matches no row",
  });

  const login = (text: string) => text.replace(String.raw`"login"}\n`, String.raw`"login"}\n{"id": 3, "kind": "login"}\n`);
  expect(await rehearse((text) => login(text).replace("20.50", "20.52"))).toEqual({
    "diff orders": "different",
    "diff events": "expected",
    "diff totals": "same",
  });
  expect(reportOf(scenario).checks[0]).toMatchObject({
    counts: { changed: 1 },
    detail: { examples: { changed: [{ key: ["2"], cells: [{ column: "amount", reference: "20.50", current: "20.52", delta: "0.02" }] }] } },
  });
});

test("files that nothing in the file names are told of", async () => {
  await using place = await Workplace.make();
  const { scenario, rehearse } = await scenarioIn(place);
  await rehearse((text) => `${text}\nawait writeFile(at("orders/notes.txt"), "x");\n`);
  expect(reportOf(scenario).notes).toEqual([
    expect.stringMatching(/^export left in its output folder what is not compared: orders\/notes\.txt;/),
  ]);
  await rehearse();
  expect(reportOf(scenario).notes).toEqual([]);
});

test("files that are missing or torn are findings about the stage, also where an earlier run had left them", async () => {
  await using place = await Workplace.make();
  const { rehearse } = await scenarioIn(place);
  await rehearse();
  const broken = (text: string) =>
    text.replace(`2,"bob, jr",20.50`, "2,bob, jr,20.50").replace(/await writeFile\(at\("totals.json"\).*/, "");
  expect(await rehearse(broken)).toMatchObject({
    "diff orders": expect.stringMatching(/^failed: orders\/1\.csv, line 3: a record of 4 cells under a header of 3/),
    "diff totals": "different: export ended well, but left no such file",
  });
  expect((await rehearse((text) => text.replace("20.50", "twenty")))["diff orders"]).toMatch(/^failed: .*amount/);
});

test("a type that there is none of is refused before anything runs, with its place", async () => {
  await using place = await Workplace.make();
  const { scenario } = await scenarioIn(place);
  const file = path.join(scenario, "rehearse.yml");
  await writeFile(file, (await readFile(file, "utf8")).replace("id: int32", "id: integer"));
  const { code, stderr } = await place.rehearse(["test", scenario]);
  expect(code).toBe(2);
  expect(stderr).toContain("rehearse.yml:9:9 orders.types.id: unknown type");
});

test("rows that a pattern would pass over are findings: behind a link to a folder, or told apart by their path alone", async () => {
  await using place = await Workplace.make();
  const { scenario, rehearse } = await scenarioIn(place);
  const file = path.join(scenario, "rehearse.yml");
  await writeFile(file, (await readFile(file, "utf8")).replace("orders/*.csv", "orders/**/*.csv"));
  await rehearse();
  expect((await place.rehearse(["accept", scenario])).code).toBe(0);
  const linked = `\nconst { symlink } = await import("node:fs/promises");\nawait symlink("/tmp", at("orders/more"));\n`;
  expect(await rehearse((text) => text + linked)).toMatchObject({
    "diff orders": expect.stringMatching(/^failed: orders\/more in the output folder is no file of its own/),
  });
  await writeFile(file, (await readFile(file, "utf8")).replace("orders/**/*.csv", "orders/*/1.csv"));
  expect(await rehearse((text) => text + linked)).toMatchObject({
    "diff orders": expect.stringMatching(/^failed: orders\/more in the output/),
  });
  await writeFile(file, (await readFile(file, "utf8")).replace("orders/*/1.csv", "orders/**/*.csv"));
  const moved = `\nconst { cp, rm } = await import("node:fs/promises");\nawait cp(at("orders/1.csv"), at("orders/day=1/1.csv"));\nawait rm(at("orders/1.csv"));\n`;
  expect(await rehearse((text) => text + moved)).toMatchObject({
    "diff orders": expect.stringMatching(/^failed: orders\/day=1\/1\.csv: day=1 stands in its path alone/),
  });
});
