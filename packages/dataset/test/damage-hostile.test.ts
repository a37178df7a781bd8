import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, rename, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterEach, expect, test, vi } from "vitest";
import { acceptReference, compareDatasets, openObjectStore, readReference, type Cell } from "../src/index.ts";
import { cellBomb, plant, rowBomb } from "./damage/parquet-bombs.ts";
import { changedInTheMiddle, cutOff, endless, refusing, talkingNonsense } from "./damage/wild-answers.ts";
import { startToldServer } from "./support/told-server.ts";
import { columns, openWorkshop, type TableWorkshop } from "./support/table-workshop.ts";

const run = promisify(execFile);
/** Whatever is hostile is refused within seconds. */
const soon = 20_000;

afterEach(() => void vi.unstubAllEnvs());

/** A reference of 5,000 rows whose bytes lie in a directory as the store. */
async function stored(workshop: TableWorkshop) {
  const { tables } = workshop;
  const rows = Array.from({ length: 5000 }, (_, id): Cell[] => [String(id), crypto.randomUUID()]);
  const dataset = await workshop.dataset({ columns: columns({ id: "int64", text: "text" }), rows, key: ["id"] });
  const [directory, root, cache] = [workshop.path("reference"), workshop.path("store"), workshop.path("cache")];
  const storage = { store: openObjectStore(root), cache };
  await acceptReference({ tables, dataset, directory, ignore: [], storage, inlineBytes: 0 });
  const [object = ""] = await filesIn(root);
  return { dataset, directory, storage, root, object };
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
}

test("a file with more rows than its size can hold is refused before anything reads them", { timeout: soon }, async () => {
  await using workshop = await openWorkshop();
  const directory = await plant(workshop, rowBomb);
  await expect(readReference({ tables: workshop.tables, directory })).rejects.toMatchObject({
    code: "REFERENCE_INVALID",
    message: expect.stringContaining("more rows than fit"),
    got: "10000000 rows",
  });
});

test("cells that need more memory than there may be end a comparison with a named error, not the process", { timeout: soon }, async () => {
  await using workshop = await openWorkshop();
  const { tables } = workshop;
  const directory = await plant(workshop, cellBomb);
  const reference = await readReference({ tables, directory });
  if (reference === null) throw new Error("no reference");
  const current = await workshop.dataset({ columns: cellBomb.columns, rows: [["0", "x"]] });
  const compared = compareDatasets({ tables, reference, current, rules: { ignore: [] } });
  await expect(compared).rejects.toMatchObject({ code: "MEMORY_EXHAUSTED" });
});

test("an extraction of ten thousand columns is refused before it is read", { timeout: soon }, async () => {
  await using workshop = await openWorkshop();
  const table = columns(Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`c${index}`, "int64" as const])));
  await expect(workshop.dataset({ columns: table, rows: [] })).rejects.toMatchObject({
    code: "DATASET_UNREADABLE",
    got: "10000 columns",
    hint: expect.stringContaining("query"),
  });
});

test("a Parquet file of ten thousand columns in the place of another is refused", { timeout: soon }, async () => {
  await using workshop = await openWorkshop();
  const select = `SELECT ${Array.from({ length: 10_000 }, (_, index) => `${index} AS c${index}`).join(", ")}`;
  const directory = await plant(workshop, { ...rowBomb, select, rows: 1, form: "FORMAT parquet" });
  await expect(readReference({ tables: workshop.tables, directory })).rejects.toMatchObject({ code: "REFERENCE_INVALID" });
});

test("a reference is read through no symbolic link, and what lies behind one is not quoted", async () => {
  await using workshop = await openWorkshop();
  const { tables } = workshop;
  const dataset = await workshop.dataset({ columns: columns({ id: "int64" }), rows: [["1"]] });
  const secret = workshop.path("secret");
  await writeFile(secret, "password=hunter2\n");
  const root = workshop.path("references");
  const whole = join(root, "stage", "whole");
  await acceptReference({ tables, dataset, directory: whole, ignore: [], root });
  for (const file of ["manifest.json", "rows.ndjson"]) {
    const directory = join(root, "stage", `linked-${file}`);
    await acceptReference({ tables, dataset, directory, ignore: [], root });
    await rm(join(directory, file));
    await symlink(secret, join(directory, file));
    const attempt = readReference({ tables, directory, root });
    await expect(attempt).rejects.toMatchObject({ code: "REFERENCE_INVALID", message: expect.not.stringContaining("hunter2") });
  }
  await symlink(whole, join(root, "stage", "linked"));
  await expect(readReference({ tables, directory: join(root, "stage", "linked"), root })).rejects.toMatchObject({
    code: "REFERENCE_INVALID",
  });
});

const detours: readonly { title: string; make: (paths: { object: string; outside: string }) => Promise<unknown> }[] = [
  {
    title: "an object that is a link to the same bytes elsewhere",
    make: async ({ object, outside }) => {
      await rename(object, outside);
      await symlink(outside, object);
    },
  },
  {
    title: "a folder that is a link to elsewhere",
    make: async ({ object, outside }) => {
      await rename(dirname(object), outside);
      await symlink(outside, dirname(object));
    },
  },
  {
    title: "a pipe that nobody writes into",
    make: async ({ object }) => {
      await rm(object);
      await run("mkfifo", [object]);
    },
  },
  {
    title: "a folder in the place of an object",
    make: async ({ object }) => {
      await rm(object);
      await mkdir(object);
    },
  },
];

test.each(detours)("a store with $title is neither read nor written there", { timeout: soon }, async ({ make }) => {
  await using workshop = await openWorkshop();
  const { tables } = workshop;
  const { dataset, directory, storage, root, object } = await stored(workshop);
  const outside = workshop.path("outside");
  await make({ object, outside });
  const before = [await filesIn(root), await filesIn(outside)];
  const refused = { code: "REFERENCE_INVALID", message: expect.stringContaining(root) };
  await expect(readReference({ tables, directory, storage })).rejects.toMatchObject(refused);
  await expect(
    acceptReference({ tables, dataset, directory: workshop.path("new"), ignore: [], storage, inlineBytes: 0 }),
  ).rejects.toMatchObject(refused);
  expect([await filesIn(root), await filesIn(outside)]).toEqual(before);
  expect(await filesIn(storage.cache)).toEqual([]);
});

const servers = [
  { title: "changes an object while it is read", answer: changedInTheMiddle, code: "REFERENCE_INVALID" },
  { title: "sends without end", answer: () => endless, code: "REFERENCE_INVALID" },
  { title: "breaks off", answer: cutOff, code: "STORE_UNAVAILABLE" },
  { title: "refuses", answer: () => refusing, code: "STORE_UNAVAILABLE" },
  { title: "sends a page to log in", answer: () => talkingNonsense, code: "REFERENCE_INVALID" },
];

test.each(servers)("a server that $title is refused with its bucket's name, and nothing of it is kept", { timeout: soon }, async (it) => {
  await using workshop = await openWorkshop();
  const { directory, storage, object } = await stored(workshop);
  await using server = await startToldServer(it.answer(await readFile(object)));
  vi.stubEnv("AWS_ENDPOINT_URL_S3", server.endpoint);
  vi.stubEnv("AWS_REGION", "eu-central-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
  const bucket = { store: openObjectStore("s3://references/pipelines"), cache: storage.cache };
  await expect(readReference({ tables: workshop.tables, directory, storage: bucket })).rejects.toMatchObject({
    code: it.code,
    message: expect.stringContaining("s3://references/pipelines"),
  });
  expect(await filesIn(storage.cache)).toEqual([]);
});

test(
  "a disk without room is named, and leaves no half of a file in the references, the store or the cache",
  { timeout: soon },
  async () => {
    await using workshop = await openWorkshop();
    const { dataset, directory, storage, root } = await stored(workshop);
    const work = workshop.path("work");
    const program = join(import.meta.dirname, "damage", "without-room.ts");
    const paths = [dataset.directory, directory, root, storage.cache, work];
    // 64 kB a file; the signal that comes with it would end the process before it could say so.
    const limited = `trap '' XFSZ; ulimit -f 64; exec "$@"`;
    const { stdout } = await run("bash", ["-c", limited, "bash", process.execPath, program, ...paths]);
    expect(stdout).toBe("accept: DIRECTORY_NOT_WRITABLE\nfetch: DIRECTORY_NOT_WRITABLE\n");
    expect(await filesIn(join(work, "new"))).toEqual([]);
    expect(await filesIn(storage.cache)).toEqual([]);
  },
);

test("a torn object is refused, and so is a torn copy of it in the cache", async () => {
  await using workshop = await openWorkshop();
  const { tables } = workshop;
  const { directory, storage, object } = await stored(workshop);
  const whole = await readReference({ tables, directory, storage });
  await truncate(object, 1000);
  expect((await readReference({ tables, directory, storage }))?.parquet).toBe(whole?.parquet);
  await truncate(whole?.parquet ?? "", 1000);
  await expect(readReference({ tables, directory, storage })).rejects.toMatchObject({ code: "REFERENCE_INVALID" });
});
