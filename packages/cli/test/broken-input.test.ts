import { cpSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { once } from "node:events";
import path from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { census, nothingLeft } from "./census.ts";
import { Workplace, type Ended } from "./workplace.ts";

const folder = path.join(import.meta.dirname, "broken");
const orders = path.join(import.meta.dirname, "scenarios", "orders");

const expectedSchema = z.strictObject({
  exit: z.int(),
  says: z.array(z.string()).min(1),
  arguments: z.array(z.string()).default(["test", "."]),
  /** A port on which somebody else listens meanwhile. */
  listens: z.int().optional(),
  /** Where TMPDIR points, below the usual one. */
  temporaryDirectory: z.string().optional(),
});
type Expected = z.infer<typeof expectedSchema>;

/** Each folder is laid over the orders scenario, and says how that ends. */
for (const name of readdirSync(folder)) {
  test(`broken input: ${name}`, async () => {
    const expected = expectedSchema.parse(JSON.parse(readFileSync(path.join(folder, name, "expected.json"), "utf8")));
    await using place = await Workplace.make();
    await using _listener = await listening(expected.listens);
    const scenario = await place.copy(orders, "scenario");
    cpSync(path.join(folder, name), scenario, { recursive: true });
    rmSync(path.join(scenario, "expected.json"));
    const TMPDIR = path.join(place.tmp, expected.temporaryDirectory ?? "");
    mkdirSync(TMPDIR, { recursive: true, mode: 0o711 });
    const ended = await place.rehearse(expected.arguments, { cwd: scenario, env: { TMPDIR } });
    expectDesigned(ended, expected);
    // A directory of its own is taken away as it is meant to be left: empty.
    if (expected.temporaryDirectory !== undefined) rmdirSync(TMPDIR);
    expect(census(place)).toEqual(nothingLeft);
  });
}

function expectDesigned({ code, stdout, stderr }: Ended, expected: Expected): void {
  const said = stdout + stderr;
  for (const words of expected.says) expect(said).toContain(words);
  expect(said).not.toMatch(/\n\s+at .*[:(]\d+|BUG:/);
  expect(code, said).toBe(expected.exit);
}

async function listening(port: number | undefined): Promise<AsyncDisposable> {
  if (port === undefined) return { [Symbol.asyncDispose]: async () => {} };
  const server: Server = createServer().listen(port, "127.0.0.1");
  await once(server, "listening");
  return server;
}
