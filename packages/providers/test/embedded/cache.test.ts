import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { appendFile, chmod, mkdir, rename, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { engineNamed } from "@rehearse/services";
import { expect, test } from "vitest";
import { cacheDirectory } from "../../src/index.ts";
import { Scratch } from "./scratch.ts";

const dynamodb = engineNamed("dynamodb");
const isRoot = process.getuid?.() === 0;

/** The one engine in a cache. */
function engineIn(cache: string, name: string): string {
  const found = readdirSync(join(cache, "engines")).filter((entry) => entry.startsWith(name));
  expect(found).toHaveLength(1);
  return join(cache, "engines", found[0] ?? "");
}

test("an engine is fetched on first use, for all services at once, and it is said; afterwards it needs no network", async () => {
  await using scratch = await Scratch.make();
  await scratch.useOwnCache();
  const first = await Promise.all(["one", "two"].map((name) => scratch.start(dynamodb, { name })));
  expect(await Promise.all(first.map(({ session }) => session.states()))).toEqual([[], []]);
  await Promise.all(first.map((server) => server[Symbol.asyncDispose]()));
  expect(scratch.told).toEqual(["Fetching DynamoDB (dynalite), about 3 MB, once"]);
  scratch.cutOff();
  await using second = await scratch.start(dynamodb, { name: "second" });
  expect(await second.session.states()).toEqual([]);
  expect(scratch.told).toHaveLength(1);
  expect(readdirSync(join(scratch.cache, "engines"))).toHaveLength(1);
});

test("an engine that cannot be fetched is reported with npm's own words, and leaves nothing in the cache", async () => {
  await using scratch = await Scratch.make();
  await scratch.useOwnCache();
  scratch.cutOff();
  await expect(scratch.start(dynamodb, { name: "first" })).rejects.toMatchObject({
    code: "ENGINE_FETCH_FAILED",
    message: expect.stringContaining("npm ended with 1"),
    details: expect.stringContaining("127.0.0.1:9"),
  });
  expect(readdirSync(join(scratch.cache, "engines"))).toEqual([]);
});

test("a fetch that is aborted rejects with the reason, and leaves nothing in the cache", async () => {
  await using scratch = await Scratch.make();
  await scratch.useOwnCache();
  const stop = new AbortController();
  const reason = new Error("Ctrl-C");
  const starting = scratch.start({ ...dynamodb, title: "DynamoDB" }, { name: "first" }, stop.signal);
  await expect.poll(() => scratch.told).toHaveLength(1);
  stop.abort(reason);
  await expect(starting).rejects.toBe(reason);
  expect(readdirSync(join(scratch.cache, "engines"))).toEqual([]);
});

test("a cache with one flipped byte, one file more or one less is refused, and says what to delete", async () => {
  await using scratch = await Scratch.make();
  await scratch.useOwnCache("dynamodb");
  const engine = engineIn(scratch.cache, "dynamodb");
  const file = join(engine, "files", "node_modules", "dynalite", "index.js");
  const whole = readFileSync(file);
  const flipped = Buffer.from(whole);
  flipped[1000] = (flipped[1000] ?? 0) ^ 1;
  const refused = { code: "ENGINE_CORRUPT", hint: expect.stringContaining(engine) };

  await writeFile(file, flipped);
  await expect(scratch.start(dynamodb, { name: "flipped" })).rejects.toMatchObject({
    ...refused,
    message: expect.stringContaining("dynalite/index.js was changed"),
  });
  await writeFile(file, whole);
  await writeFile(`${file}.more`, "");
  await expect(scratch.start(dynamodb, { name: "more" })).rejects.toMatchObject({
    ...refused,
    message: expect.stringContaining("index.js.more was added"),
  });
  await rm(`${file}.more`);
  await rename(file, `${engine}.away`);
  await expect(scratch.start(dynamodb, { name: "less" })).rejects.toMatchObject({
    ...refused,
    message: expect.stringContaining("index.js is missing"),
  });
  await rename(`${engine}.away`, file);
  await appendFile(join(engine, "manifest.json"), "}");
  await expect(scratch.start(dynamodb, { name: "manifest" })).rejects.toMatchObject(refused);
  await rm(engine, { recursive: true });
});

test("a file that was only touched is read again, not refused; nor is the whole cache when it was copied", async () => {
  await using scratch = await Scratch.make();
  await scratch.useOwnCache("dynamodb");
  const engine = engineIn(scratch.cache, "dynamodb");
  const stamps = readFileSync(join(engine, "stamps.json"), "utf8");
  await using copied = await scratch.start(dynamodb, { name: "copied" });
  expect(await copied.session.states()).toEqual([]);
  const own = readFileSync(join(engine, "stamps.json"), "utf8");
  expect(own).not.toBe(stamps);
  await chmod(join(engine, "files", "node_modules", "dynalite", "index.js"), 0o600);
  await using touched = await scratch.start(dynamodb, { name: "touched" });
  expect(await touched.session.states()).toEqual([]);
  expect(readFileSync(join(engine, "stamps.json"), "utf8")).not.toBe(own);
});

test("a cache that is closed to the user that servers of root run as is refused, with what to open; others use it", async () => {
  await using scratch = await Scratch.make();
  await scratch.useOwnCache("postgres");
  await chmod(scratch.cache, 0o700);
  const outcome = await scratch.start(engineNamed("postgres"), { name: "core" }).then(
    async (server) => {
      await server[Symbol.asyncDispose]();
      return "started";
    },
    (error: unknown) => error,
  );
  const refused = { code: "ENGINE_START_FAILED", hint: expect.stringMatching(`REHEARSE_CACHE.*chmod o\\+x ${scratch.cache}`) };
  const expected = { root: expect.objectContaining(refused), user: "started" };
  expect(outcome).toEqual(expected[isRoot ? "root" : "user"]);
});

test("a cache that cannot be made is refused, with the variable to set", async () => {
  await using scratch = await Scratch.make();
  await writeFile(scratch.cache, "a file");
  process.env["REHEARSE_CACHE"] = scratch.cache;
  await expect(scratch.start(dynamodb, { name: "first" })).rejects.toMatchObject({
    code: "DIRECTORY_NOT_WRITABLE",
    message: expect.stringContaining(scratch.cache),
    hint: expect.stringContaining("REHEARSE_CACHE"),
  });
});

test("the cache is where the user says, where the system says, or in the home directory", () => {
  expect(cacheDirectory({ REHEARSE_CACHE: "/a", XDG_CACHE_HOME: "/b" })).toBe("/a");
  expect(cacheDirectory({ REHEARSE_CACHE: "", XDG_CACHE_HOME: "/b" })).toBe("/b/rehearse");
  expect(cacheDirectory({ XDG_CACHE_HOME: "relative" })).toBe(
    isRoot ? "/var/cache/rehearse" : join(process.env["HOME"] ?? "", ".cache", "rehearse"),
  );
  expect(existsSync(cacheDirectory())).toBe(true);
});

test("two runs that fetch at once both come to a whole engine, and what a killed run left is swept in time", async () => {
  await using scratch = await Scratch.make();
  await scratch.useOwnCache();
  const engines = join(scratch.cache, "engines");
  const [old, young] = ["dynamodb-x.part-0123456789ab", "dynamodb-x.part-ba9876543210"].map((name) => join(engines, name));
  for (const part of [old ?? "", young ?? ""]) await mkdir(part, { recursive: true });
  await utimes(old ?? "", 0, 0);
  const program = join(import.meta.dirname, "programs", "start-dynamodb.ts");
  const runs = await Promise.all([1, 2].map(() => promisify(execFile)(process.execPath, [program])));
  expect(runs.map(({ stdout }) => stdout)).toEqual([
    "Fetching DynamoDB (dynalite), about 3 MB, once\n[]\n",
    "Fetching DynamoDB (dynalite), about 3 MB, once\n[]\n",
  ]);
  expect(readdirSync(engines).filter((name) => name.includes(".part-"))).toEqual(["dynamodb-x.part-ba9876543210"]);
});
