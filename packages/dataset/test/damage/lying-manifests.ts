import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

type Facts = Record<string, unknown>;

/** A manifest that somebody made, and what is said about it. */
export interface Lie {
  readonly title: string;
  readonly lie: (manifest: Facts) => unknown;
  /** For rows kept as text, and as Parquet where something else is said there. Null: a liar could as well accept other rows under another name. */
  readonly says: string;
  readonly parquetSays?: string | null;
}

const row = (name: string, type: unknown) => ({ name, source: "int64", type });

export const lies: readonly Lie[] = [
  { title: "counts another row", lie: (it) => ({ ...it, rows: 4 }), says: "does not have the rows that its manifest counts" },
  {
    title: "counts more rows than there can be",
    lie: (it) => ({ ...it, rows: 2 ** 40, digest: { ...object(it["digest"]), rows: 2 ** 40 } }),
    says: "does not have the rows that its manifest counts",
  },
  {
    title: "calls a column by another name",
    lie: (it) => ({ ...it, columns: [row("ID", "int64"), ...rest(it)], key: [] }),
    says: "lacks the column",
    parquetSays: null,
  },
  {
    title: "gives a column another type",
    lie: (it) => ({ ...it, columns: [row("id", "int32"), ...rest(it)] }),
    says: "the digest does not fit",
    parquetSays: "does not have the columns that its manifest lists",
  },
  {
    title: "leaves a column out",
    lie: (it) => ({ ...it, columns: rest(it), key: [] }),
    says: "a row has 4 columns, its manifest lists 3",
    parquetSays: "does not have the columns that its manifest lists",
  },
  {
    title: "has a type that there is not",
    lie: (it) => ({ ...it, columns: [row("id", "int65")] }),
    says: "columns.0.type",
  },
  {
    title: "lists ten thousand columns",
    lie: (it) => ({ ...it, columns: Array.from({ length: 10_000 }, (_, index) => row(`c${index}`, "int64")) }),
    says: "more than 4096 columns",
  },
  { title: "has a key that is no column", lie: (it) => ({ ...it, key: ["order"] }), says: "none of its columns" },
  { title: "points to a file elsewhere", lie: (it) => ({ ...it, file: { name: "../../rows.ndjson" } }), says: "file.name" },
  {
    title: "names its rows by a path in place of a digest",
    lie: (it) => ({ ...it, file: { name: "rows.parquet", place: "store", bytes: 1, sha256: "../".repeat(21) + "a" } }),
    says: "no SHA-256",
  },
  { title: "is of a later version", lie: (it) => ({ ...it, version: 3 }), says: "version" },
  { title: "has a part that nobody knows", lie: (it) => ({ ...it, trust: "me" }), says: "trust" },
  { title: "is no object", lie: () => null, says: "is damaged" },
  { title: "is seventeen megabytes long", lie: (it) => ({ ...it, read: "x".repeat(17 * 2 ** 20) }), says: "is too long" },
  {
    title: "has another digest",
    lie: (it) => ({ ...it, digest: { ...object(it["digest"]), value: "0" } }),
    says: "the digest does not fit",
    parquetSays: null,
  },
  {
    title: "has an unknown algorithm",
    lie: (it) => ({ ...it, digest: { ...object(it["digest"]), algorithm: "crc" } }),
    says: "does not know",
    parquetSays: null,
  },
];

/** Lays a lie over the manifest of a directory, sealed as a liar would seal it. */
export async function writeLie(directory: string, lie: Lie["lie"]): Promise<void> {
  const file = join(directory, "manifest.json");
  const { seal: _seal, ...facts } = object(JSON.parse(await readFile(file, "utf8")));
  const lied = lie(facts);
  const seal = createHash("sha256").update(JSON.stringify(lied)).digest("hex");
  await writeFile(file, JSON.stringify(lied === null ? null : { ...object(lied), seal }));
}

function object(value: unknown): Facts {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function rest(manifest: Facts): unknown[] {
  return Array.isArray(manifest["columns"]) ? manifest["columns"].slice(1) : [];
}
