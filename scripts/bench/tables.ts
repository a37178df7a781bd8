import { writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { startService, type EmbeddedService } from "../../packages/services/test/embedded-service.ts";
import { measure, type Measured } from "./diff/measure.ts";
import { edit, fill, planted } from "./tables/fill.ts";
import { postgresExtension } from "./tables/postgres-extension.ts";
import { median } from "./timed.ts";

const rounds = 3;
const programs = path.join(import.meta.dirname, "tables");

interface Contender {
  readonly name: string;
  /** The program and its arguments, for a service whose folder this is. */
  readonly argv: (folder: string) => readonly [string, ...string[]];
}

interface Group {
  readonly title: string;
  /** The ratios are to the figure of the first. */
  readonly contenders: readonly [Contender, ...Contender[]];
}

const own = (name: string, work: string): Contender => ({
  name,
  argv: (folder) => [path.join(programs, "table-program.ts"), work, folder],
});
const copy = own("COPY BINARY, thrown away", "copy");
const digests = [own("digest by hand", "digest-by-hand"), own("rehearse", "digest")] as const;

/**
 * Tables of embedded engines against what their servers can do: whole processes, medians of three rounds in which everything is measured in turn, × is the
 * ratio to the first line of a group. Memory is the client's, at its most. `--rows 10000000`: how many rows, in whole thousands.
 */
export async function tables(args: readonly string[]): Promise<string> {
  const { values } = parseArgs({ args: [...args], options: { rows: { type: "string", default: "10000000" } } });
  const rows = Number(values.rows);
  if (!Number.isSafeInteger(rows) || rows <= 0 || rows % 1000 !== 0)
    throw new Error(`--rows ${values.rows} is no number of whole thousands`);
  return [`${rows} rows × 10 columns, medians of ${rounds} rounds`, ...(await postgres(rows)), ...(await clickhouse(rows))].join("\n");
}

async function postgres(rows: number): Promise<string[]> {
  await using service = await filled("postgres", rows);
  const extension = await postgresExtension();
  const byExtension = (name: string, work: string): Contender[] =>
    extension === null ? [] : [{ name, argv: (folder) => [path.join(programs, "extension-program.ts"), work, folder, extension] }];
  const [reference, compare] = [own("rehearse", "reference"), own("rehearse", "compare")];
  // Measured reading finds what the first reading has written down of each row.
  await run(service, reference);
  const unedited = await measureGroups(service, [
    { title: "Postgres, unchanged: the digest", contenders: digests },
    {
      title: "Postgres, table → Parquet reference",
      contenders: [copy, ...byExtension("DuckDB's extension → Parquet", "parquet"), reference],
    },
  ]);
  await service.session.load({ kind: "script", text: edit, name: "edit" });
  const { added, removed, changed } = planted(rows);
  const { output } = await run(service, compare);
  if (!output.startsWith(`{"added":${added},"removed":${removed},"changed":${changed},`))
    throw new Error(`not what was planted: ${output}`);
  const joined = byExtension("DuckDB's extension → join", "join");
  const edited = await measureGroups(service, [
    { title: "Postgres, 1 % changed: all differences", contenders: [copy, ...joined, compare] },
  ]);
  return [...unedited, ...edited];
}

async function clickhouse(rows: number): Promise<string[]> {
  await using service = await filled("clickhouse", rows);
  return await measureGroups(service, [{ title: "ClickHouse, unchanged: the digest", contenders: digests }]);
}

async function filled(engine: keyof typeof fill, rows: number): Promise<EmbeddedService> {
  await using undo = new AsyncDisposableStack();
  const service = undo.use(await startService(engine));
  process.stderr.write(`filling ${engine}\n`);
  await service.session.load({ kind: "script", text: fill[engine](rows), name: "fill" });
  // As a client that knows the application's user alone.
  const { directory: _, ...address } = service.server.address;
  await writeFile(path.join(service.scratch, "address.json"), JSON.stringify({ engine, address }));
  undo.move();
  return service;
}

async function measureGroups(service: EmbeddedService, groups: readonly Group[]): Promise<string[]> {
  const lines: string[] = [];
  for (const { title, contenders } of groups) {
    const figures = new Map(contenders.map((contender) => [contender, [] as Measured[]]));
    for (let round = 0; round < rounds; round += 1) for (const [contender, runs] of figures) runs.push(await run(service, contender));
    const least = median(figures.get(contenders[0])?.map(({ seconds }) => seconds) ?? []);
    lines.push(`\n${title}`, ...[...figures].map(([{ name }, runs]) => lineOf(name, { runs, least })));
    process.stderr.write(`${lines.slice(-figures.size - 1).join("\n")}\n`);
  }
  return lines;
}

function lineOf(name: string, { runs, least }: { readonly runs: readonly Measured[]; readonly least: number }): string {
  const seconds = median(runs.map((one) => one.seconds));
  const processor = median(runs.map((one) => one.processor));
  const megabytes = Math.max(...runs.map((one) => one.megabytes));
  return [
    `  ${name.padEnd(28)}`,
    `${seconds.toFixed(2).padStart(7)} s`,
    `× ${(seconds / least).toFixed(2)}`,
    `client's processor ${processor.toFixed(2).padStart(6)} s`,
    `${megabytes.toFixed(0).padStart(5)} MB`,
  ].join("   ");
}

function run(service: EmbeddedService, { argv }: Contender): Promise<Measured> {
  return measure([process.execPath, ...argv(service.scratch)]);
}
