import { cpSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { once } from "node:events";
import path from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { census, nothingLeft } from "./census.ts";
import { Workplace, type Ended } from "./workplace.ts";

const folder = path.join(import.meta.dirname, "broken");
const orders = path.join(import.meta.dirname, "scenarios", "orders");
const expectedSchema = z.strictObject({ exit: z.int(), arguments: z.array(z.string()).optional(), says: z.array(z.string()).min(1) });

/** Each folder is laid over the orders scenario, and says how that ends. */
for (const name of readdirSync(folder)) {
  test(`broken input: ${name}`, async () => {
    const expected = expectedSchema.parse(JSON.parse(readFileSync(path.join(folder, name, "expected.json"), "utf8")));
    await using place = await Workplace.make();
    const scenario = await place.copy(orders, "scenario");
    cpSync(path.join(folder, name), scenario, { recursive: true });
    rmSync(path.join(scenario, "expected.json"));
    const ended = await place.rehearse(expected.arguments ?? ["test", "."], { cwd: scenario });
    expectDesigned(ended, expected);
    expect(census(place)).toEqual(nothingLeft);
  });
}

test("broken input: the port that the file names is taken", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  await using place = await Workplace.make();
  const scenario = await place.copy(orders);
  await rewrite(path.join(scenario, "rehearse.yml"), "engine: clickhouse", `engine: clickhouse, port: ${port}`);
  const ended = await place.rehearse(["test", scenario]);
  server.close();
  expectDesigned(ended, { exit: 3, says: ["PORT_TAKEN", String(port), String(process.pid)] });
  expect(census(place)).toEqual(nothingLeft);
});

test("broken input: an engine that cannot start", async () => {
  await using place = await Workplace.make();
  const scenario = await place.copy(orders);
  await rewrite(path.join(scenario, "rehearse.yml"), "services:", "services:\n  shop: { engine: postgres }");
  // Its socket would lie too deep for the kernel.
  const deep = path.join(place.tmp, "d".repeat(110));
  await mkdir(deep, { mode: 0o711 });
  const ended = await place.rehearse(["test", scenario], { env: { TMPDIR: deep } });
  expectDesigned(ended, { exit: 3, says: ["ENGINE_START_FAILED", "shop", "left 0"] });
  rmSync(deep, { recursive: true });
  expect(census(place)).toEqual(nothingLeft);
});

function expectDesigned({ code, stdout, stderr }: Ended, expected: { readonly exit: number; readonly says: readonly string[] }): void {
  const said = stdout + stderr;
  for (const words of expected.says) expect(said).toContain(words);
  expect(said).not.toMatch(/\n\s+at .*[:(]\d+|BUG:/);
  expect(code, said).toBe(expected.exit);
}

async function rewrite(file: string, from: string, to: string): Promise<void> {
  const before = await readFile(file, "utf8");
  expect(before).toContain(from);
  await writeFile(file, before.replace(from, to));
}
