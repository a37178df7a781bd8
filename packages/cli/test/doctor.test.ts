import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { testImages, withDocker } from "./docker-census.ts";
import { Workplace } from "./workplace.ts";

interface Examination {
  readonly usable: readonly string[];
  readonly parts: readonly { readonly state: string; readonly name: string; readonly text: string; readonly next: string | null }[];
}

test("doctor tells a person what there is, and a program the same", async () => {
  await using place = await Workplace.make();
  const told = await place.rehearse(["doctor"]);
  expect(told.code, told.stdout).toBe(0);
  const asked = await place.rehearse(["doctor", "--json"]);
  const { usable, parts } = JSON.parse(asked.stdout) as Examination;
  expect(usable).toContain("embedded");
  expect(parts.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["versions", "docker", "ports", "embedded", "temporary files", "engine cache", "state", "environments"]),
  );
  expect(parts.find(({ name }) => name === "versions")?.text).toMatch(
    new RegExp(
      `^Rehearse \\d+\\.\\d+\\.\\d+ · Node ${process.versions.node} · npm \\d+\\.\\d+\\.\\d+ · ${process.platform}-${process.arch}$`,
    ),
  );
  expect(parts.find(({ name }) => name === "temporary files")?.text).toMatch(new RegExp(`^\\d+\\.\\d GB free in ${place.tmp}$`));
  for (const { text, next } of parts)
    for (const words of [text, next ?? ""]) expect(told.stdout).toContain(words.replace(/^\d+\.\d GB/, "GB"));
  expect(told.stdout).toContain(`✓ a rehearsal can run here: ${usable.join(", ")}`);
});

test("where nothing can run, doctor says why, what to do, and exits 3", async () => {
  await using place = await Workplace.make();
  const nothing = { DOCKER_HOST: `unix://${place.root}/docker.sock`, REHEARSE_CACHE: path.join(place.root, "cache"), PATH: place.tmp };
  const told = await place.rehearse(["doctor"], { env: nothing });
  expect(told.code).toBe(3);
  expect(told.stdout).toMatch(/ ◌ docker +there is no Docker engine at .*docker\.sock\n +→ install or start Docker/);
  expect(told.stdout).toMatch(/ ✗ embedded +Postgres is not in the cache, and there is no npm to fetch it\n +→ install npm/);
  expect(told.stdout).toContain("✗ a rehearsal cannot run here");
});

test("an empty cache is no fault, and a place that cannot be written is one", async () => {
  await using place = await Workplace.make();
  const empty = await place.rehearse(["doctor"], { env: { REHEARSE_CACHE: path.join(place.root, "cache") } });
  expect(empty.code).toBe(0);
  expect(empty.stdout).toMatch(/ ◌ embedded +ClickHouse is not in the cache yet\n +→ nothing: the first run fetches it, about \d+ MB/);
  const file = path.join(place.root, "file");
  await writeFile(file, "");
  const state = await place.rehearse(["doctor", "--json"], { env: { REHEARSE_STATE: path.join(file, "state") } });
  expect(state.code).toBe(3);
  expect((JSON.parse(state.stdout) as Examination).parts).toContainEqual(
    expect.objectContaining({ state: "fault", name: "state", next: "set REHEARSE_STATE to another directory" }),
  );
});

test("doctor names the environments that were not taken down, and a ledger that cannot be read", async () => {
  await using place = await Workplace.make();
  const copy = await place.copy(path.join(import.meta.dirname, "scenarios", "shop"));
  const up = await place.rehearse(["up", copy, "--provider", "embedded"]);
  const id = /environment ([a-z0-9]{8})/.exec(up.stdout)?.[1];
  const left = await place.rehearse(["doctor"]);
  expect(left.code).toBe(0);
  expect(left.stdout).toMatch(new RegExp(`◌ environments +not taken down: ${id} \\(shop, kept\\)\\n +→ rehearse down --all`));
  expect((await place.rehearse(["down", copy])).code).toBe(0);
  await mkdir(path.join(place.state, "environments"), { recursive: true });
  await writeFile(path.join(place.state, "environments", "damaged1.ndjson"), "{\n");
  expect((await place.rehearse(["doctor"])).stdout).toMatch(/✗ environments +Line 1 of the ledger .*damaged1\.ndjson is damaged/);
});

test.runIf(withDocker)("doctor names the images that Docker lacks, and how to get them", async () => {
  await using place = await Workplace.make();
  const there = await place.rehearse(["doctor"], { env: testImages });
  expect(there.stdout).toMatch(/✓ docker +engine \d+\.\S+, API \d+\.\d+, storage \S+, at \//);
  expect(there.stdout).toMatch(/✓ image +rehearse\/postgres:test is here/);
  expect(there.stdout).toMatch(/can run here: docker/);
  const lacking = await place.rehearse(["doctor"], { env: { ...testImages, REHEARSE_IMAGE_POSTGRES: "127.0.0.1:9/none:1" } });
  expect(lacking.code).toBe(0);
  expect(lacking.stdout).toMatch(
    /◌ image +127\.0\.0\.1:9\/none:1 is not here: .*\n +→ docker pull 127\.0\.0\.1:9\/none:1, or .*REHEARSE_IMAGE_POSTGRES/,
  );
});
