import { mkdir, writeFile } from "node:fs/promises";
import { contentOf } from "../../src/rows/content-of.ts";
import { manifestText } from "../../src/rows/manifest-text.ts";
import { openTables, type Column, type Manifest } from "../../src/index.ts";
import { join } from "node:path";
import type { TableWorkshop } from "../support/table-workshop.ts";

/** A Parquet file that says little and means much. */
export interface Bomb {
  readonly title: string;
  readonly select: string;
  readonly rows: number;
  readonly columns: readonly Column[];
  readonly form: string;
}

const column = (name: string, type: "int64" | "text"): Column => ({ name, source: type, type });

export const rowBomb: Bomb = {
  title: "ten million rows in a few hundred bytes",
  select: "SELECT 7::BIGINT AS id FROM range(10000000)",
  rows: 10_000_000,
  columns: [column("id", "int64")],
  form: "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 10000000",
};

export const cellBomb: Bomb = {
  title: "cells of 120 MB each, all of one letter",
  select: "SELECT id, repeat('x', 120000000) || id AS text FROM range(4) t(id)",
  rows: 4,
  columns: [column("id", "int64"), column("text", "text")],
  form: "FORMAT parquet, COMPRESSION zstd",
};

/** Makes a reference of a bomb, with a manifest that says all of it as it is; resolves to its directory. */
export async function plant(workshop: TableWorkshop, { select, rows, columns, form }: Bomb): Promise<string> {
  // It takes more to make one than to be hit by it.
  await using tables = await openTables({ directory: workshop.directory, memoryMegabytes: 3000 });
  const directory = workshop.path("bomb");
  await mkdir(directory);
  const file = join(directory, "rows.parquet");
  await tables.writeFile({ select, file, form, doing: "making a bomb" });
  const manifest: Manifest = {
    version: 2,
    columns,
    key: [],
    rows,
    digest: { algorithm: "md5-of-rows-1", rows, value: "0" },
    file: { name: "rows.parquet", place: "here", ...(await contentOf(file)) },
  };
  await writeFile(join(directory, "manifest.json"), manifestText(manifest));
  return directory;
}
