import { execFileSync } from "node:child_process";
import { appendFile, cp, mkdir, readdir, readFile, rm, symlink, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Workplace, type Ended } from "./workplace.ts";

const many = path.join(import.meta.dirname, "scenarios", "many");

let made: Workplace;
let commit: string;

/** One scenario in a repository of its own, whose reference of 2,000 rows was accepted into a store beside it; each test has a copy of all of it. */
beforeAll(async () => {
  made = await Workplace.make();
  const scenario = await made.copy(many);
  // The cache is shared with other tests: these rows are in it only when one of these fetched them.
  await appendFile(path.join(scenario, "events.sql"), `update events set "Name" = '${crypto.randomUUID()}' where id = 1000;\n`);
  await writeFile(path.join(made.root, ".gitignore"), ".rehearse/\n/t/\n/state/\n");
  const git = (...args: string[]) => execFileSync("git", args, { cwd: made.root, encoding: "utf8", stdio: "pipe" }).trim();
  git("init", "--quiet");
  git("add", ".");
  git("-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "--quiet", "--message", "scenario");
  commit = git("rev-parse", "HEAD");
  for (const [verb, right] of [["test", 1] as const, ["accept", 0] as const]) {
    const { code, stderr } = await made.rehearse([verb, scenario]);
    if (code !== right) throw new Error(`${verb} ended with ${code}: ${stderr}`);
  }
});

afterAll(async () => {
  await forget(made);
  await made[Symbol.asyncDispose]();
});

async function accepted(place: Workplace) {
  for (const name of ["many", "store", ".git", ".gitignore"])
    await cp(path.join(made.root, name), path.join(place.root, name), { recursive: true, preserveTimestamps: true });
  const scenario = path.join(place.root, "many");
  const rehearse = (...args: string[]): Promise<Ended> => place.rehearse(args, { cwd: place.root });
  await forget(place);
  return { scenario, rehearse, store: path.join(place.root, "store"), [Symbol.asyncDispose]: () => forget(place) };
}

/** Removes what was fetched for the references as they stand. */
async function forget(place: Workplace): Promise<void> {
  const listed = JSON.parse((await place.rehearse(["reference", "list", path.join(place.root, "many"), "--json"])).stdout);
  for (const reference of listed) if (reference.place === "cached") await rm(reference.path);
}

async function objectsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

test("a large reference: git has what names it, the store its rows, and the next rehearsal is the same", async () => {
  await using place = await Workplace.make();
  await using it = await accepted(place);
  const { scenario, rehearse, store } = it;
  const folder = path.join(scenario, "references", "touch", "core.events");
  expect(await readdir(folder)).toEqual(["manifest.json"]);
  const manifest = JSON.parse(await readFile(path.join(folder, "manifest.json"), "utf8"));
  expect(await objectsIn(store)).toEqual([path.join(store, "sha256", manifest.file.sha256.slice(0, 2), `${manifest.file.sha256}.parquet`)]);
  expect(manifest.provenance).toMatchObject({
    commit,
    engines: [{ service: "core", title: "Postgres" }],
    seeds: [{ name: "events.sql", digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) }],
  });

  const again = await rehearse("test", scenario);
  expect(again.code, again.stdout + again.stderr).toBe(0);
  await appendFile(path.join(scenario, "events.sql"), "-- the same rows, from another commit\n");
  await rehearse("test", scenario);
  const unchanged = await rehearse("accept", scenario);
  expect(unchanged.stdout).toContain("0 written, 1 unchanged");

  await appendFile(path.join(scenario, "events.sql"), "update events set amount = amount + 1 where id = 7;\n");
  await rehearse("test", scenario);
  await rehearse("accept", scenario);
  const changed = JSON.parse(await readFile(path.join(folder, "manifest.json"), "utf8"));
  expect(changed.provenance.commit).toBe(`${commit}+changes`);
  const digestOf = (it: typeof manifest, column: string) =>
    it.columnDigests.values.find((digest: { column: string }) => digest.column === column).value;
  expect(digestOf(changed, "amount")).not.toBe(digestOf(manifest, "amount"));
  for (const column of ["id", "at", "Name"]) expect(digestOf(changed, column)).toBe(digestOf(manifest, column));
});

test("references are listed and shown, fetched ahead of time, and missed by name when the store has lost them", async () => {
  await using place = await Workplace.make();
  await using it = await accepted(place);
  const { scenario, rehearse, store } = it;
  const name = "touch/core.events";
  expect((await rehearse("reference", "list", scenario)).stdout).toMatch(
    /touch\/core\.events  2,000 rows, \d+ kB in the store, not fetched/,
  );
  const shown = await rehearse("reference", "show", name, scenario);
  for (const part of ["2,000", commit, "key       id", "(numeric(12,2))"]) expect(shown.stdout).toContain(part);
  expect((await rehearse("reference", "fetch", scenario)).stdout).toContain("1 reference fetched");
  expect((await rehearse("reference", "fetch", scenario)).stdout).toContain("nothing to fetch");
  const [listed] = JSON.parse((await rehearse("reference", "list", scenario, "--json")).stdout);
  expect(listed).toMatchObject({ stage: "touch", dataset: "core.events", place: "cached", rows: 2000 });

  await rm(store, { recursive: true });
  expect((await rehearse("test", scenario)).code).toBe(0);
  await rm(listed.path);
  const missed = await rehearse("test", scenario);
  expect(missed.code).toBe(2);
  expect(missed.stderr).toContain("REFERENCE_MISSING");
  expect(missed.stderr).toContain(store);
  expect(missed.stderr).toContain(listed.file.sha256);
  expect(missed.stdout + missed.stderr).toContain("left 0");
  const unknown = await rehearse("reference", "show", "touch/core.order", scenario);
  expect(unknown.code).toBe(2);
  expect(unknown.stderr).toContain(`expected  one of ${name}`);
});

test("a dataset is exported with its own names and types, from a run or the reference, in each form", async () => {
  await using place = await Workplace.make();
  await using it = await accepted(place);
  const { scenario, rehearse } = it;
  const name = "touch/core.events";
  const file = (ending: string) => path.join(place.root, `events.${ending}`);
  for (const from of [[], ["--run", "reference"]])
    for (const ending of ["csv", "ndjson", "parquet"]) {
      const { code, stdout, stderr } = await rehearse("export", name, scenario, "-o", file(ending), ...from);
      expect(code, stderr).toBe(0);
      expect(stdout).toContain("2,000 rows of");
      expect((await readFile(file(ending), "utf8")).slice(0, firstText[ending]?.length)).toBe(firstText[ending]);
    }
  const wrong = await rehearse("export", name, scenario, "-o", file("xlsx"));
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain(".parquet, .csv, .ndjson");
  expect((await rehearse("export", name, scenario, "--run", "20260101T000000-gone")).stderr).toContain("RUN_NOT_FOUND");
});

const firstText: Readonly<Record<string, string>> = {
  parquet: "PAR1",
  csv: `"id","at","Name","amount"\n"1","2026-01-01 00:00:01.000000+00","event 1","1.25"`,
  ndjson: `{"id":1,"at":"2026-01-01 00:00:01.000000+00","Name":"event 1","amount":"1.25"}\n{"id":2,"at":"2026-01-01 00:00:02.000000+00","Name":"event 2","amount":"2.50"}`,
};

test("gc says what no pointer of the tree names, removes it only when told, and keeps what is young or another scenario's", async () => {
  await using place = await Workplace.make();
  await using it = await accepted(place);
  const { scenario, rehearse, store } = it;
  const [first = ""] = await objectsIn(store);
  const firstPointer = await readFile(path.join(scenario, "references", "touch", "core.events", "manifest.json"));
  await appendFile(path.join(scenario, "events.sql"), "delete from events where id = 7;\n");
  await rehearse("test", scenario);
  await rehearse("accept", scenario);
  const [second = ""] = (await objectsIn(store)).filter((file) => file !== first);
  await writeFile(path.join(store, "sha256", "readme.txt"), "not ours");

  const young = await rehearse("reference", "gc", scenario, "--delete");
  expect(young.stdout).toContain("young     1 object");
  for (const file of await objectsIn(store)) await utimes(file, new Date("2026-01-01"), new Date("2026-01-01"));
  const dry = await rehearse("reference", "gc", scenario);
  expect(dry.stdout).toContain(path.basename(first, ".parquet"));
  expect(dry.stdout).toContain("nothing was removed");

  const other = path.join(place.root, "other", "references", "touch", "core.events");
  await mkdir(other, { recursive: true });
  const pointer = path.join(scenario, "references", "touch", "core.events", "manifest.json");
  await writeFile(path.join(other, "manifest.json"), "{}");
  const unread = await rehearse("reference", "gc", scenario, "--delete");
  expect(unread.stderr).toContain("REFERENCE_INVALID");
  expect((await objectsIn(store)).toSorted()).toEqual([first, second, path.join(store, "sha256", "readme.txt")].toSorted());

  await writeFile(path.join(other, "manifest.json"), await readFile(pointer));
  // A scenario that a link leads to counts as well, and a link to this one is no way around the rest of its repository.
  const outside = path.join(place.root, "..", `${path.basename(place.root)}-outside`);
  await using undo = new AsyncDisposableStack();
  undo.defer(() => rm(outside, { recursive: true, force: true }));
  const linked = path.join(outside, "references", "touch", "core.events");
  await mkdir(linked, { recursive: true });
  await writeFile(path.join(linked, "manifest.json"), firstPointer);
  await symlink(outside, path.join(place.root, "linked"));
  await symlink(scenario, path.join(outside, "link"));
  await symlink(store, path.join(outside, "store"));
  const all = await rehearse("reference", "gc", path.join(outside, "link"), "--delete");
  expect(all.stdout).toMatch(/named +2 objects/);
  await rm(path.join(place.root, "linked"));

  const removed = await rehearse("reference", "gc", scenario, "--delete");
  expect(removed.stdout).toContain("1 object");
  expect((await objectsIn(store)).toSorted()).toEqual([second, path.join(store, "sha256", "readme.txt")].toSorted());
  expect((await rehearse("reference", "fetch", scenario)).code).toBe(0);
});
