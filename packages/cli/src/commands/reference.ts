import path from "node:path";
import {
  collectObjects,
  fetchReferences,
  referenceNamed,
  storedReferences,
  type Collection,
  type StoredReference,
} from "@rehearse/rehearsal";
import { count, memory, plural } from "@rehearse/report";
import type { Output } from "../output.ts";
import { writeLines } from "../write-lines.ts";

type Call = { readonly json: boolean };
type Speaker = { readonly output: Output };

/** `rehearse reference list`: every reference, and where its rows are. */
export async function listCommand(scenario: string, { json }: Call, { output }: Speaker): Promise<number> {
  const { references } = await storedReferences({ path: scenario });
  if (json) return print(output, references.map(factsOf));
  const names = references.map(nameOf);
  const width = Math.max(...names.map((name) => name.length), 0);
  const lines = references.map((it, index) => {
    const { manifest } = it;
    const changed = manifest.provenance === undefined ? "" : `  since ${manifest.provenance.startedAt.slice(0, 10)}`;
    return `  ${names[index]?.padEnd(width)}  ${plural(manifest.rows, "row")}, ${placeText(it)}${changed}`;
  });
  return say(output, lines.length === 0 ? ["  there is no reference yet: rehearse test, then rehearse accept"] : lines);
}

/** `rehearse reference show`: what is known of a reference without its rows. */
export async function showCommand(name: string, scenario: string, { json, output }: Call & Speaker): Promise<number> {
  const reference = referenceNamed(name, await storedReferences({ path: scenario }));
  if (json) return print(output, { ...factsOf(reference), manifest: reference.manifest });
  const { columns, key, rows, digest, file, provenance, read } = reference.manifest;
  const facts: [string, string][] = [
    ["rows", `${count(rows)}${read === undefined ? "" : `, read with ${read}`}`],
    ["place", placeText(reference)],
    ...(file.name === "rows.parquet" ? [["sha256", file.sha256] satisfies [string, string]] : []),
    ["digest", `${digest.value} (${digest.algorithm})`],
    ["key", key.length === 0 ? "none of the engine's: rows are compared by the key in the file, else as a multiset" : key.join(", ")],
    ...columns.map(({ name: column, source, type }): [string, string] => [
      "column",
      `${column}  ${typeof type === "string" ? type : `not compared: ${type.notComparable}`}  (${source})`,
    ]),
    ...(provenance === undefined ? [] : provenanceFacts(provenance)),
  ];
  return say(output, [`  ${nameOf(reference)}`, ...facts.map(([title, text]) => `    ${title.padEnd(8)}  ${text}`)]);
}

/** `rehearse reference fetch`: brings what lies in the store into the cache. */
export async function fetchCommand(scenario: string, { json }: Call, { output }: Speaker): Promise<number> {
  const fetched = await fetchReferences({ path: scenario });
  if (json) return print(output, fetched.map(factsOf));
  const bytes = fetched.reduce((sum, { manifest: { file } }) => sum + (file.name === "rows.parquet" ? file.bytes : 0), 0);
  const last =
    fetched.length === 0
      ? "  nothing to fetch: every reference is here"
      : `  ${plural(fetched.length, "reference")} fetched, ${memory(bytes)}`;
  return say(output, [...fetched.map((it) => `  ✓ ${nameOf(it)}`), last]);
}

/** `rehearse reference gc`: what no pointer of the work tree names, and its removal where that is asked for. */
export async function gcCommand(
  scenario: string,
  { json, delete: remove }: Call & { readonly delete: boolean },
  { output }: Speaker,
): Promise<number> {
  const collection = await collectObjects({ path: scenario, remove, now: new Date() });
  if (json) return print(output, { ...collection, removed: remove });
  const { store, tree, pointers, named, young, unnamed } = collection;
  return say(output, [
    `  store     ${store}`,
    `  named     ${sumText(named)}, by ${plural(pointers, "pointer")} below ${path.relative("", tree) || "."}`,
    ...(young.length === 0 ? [] : [`  young     ${sumText(young)}: put there within a day, kept`]),
    `  unnamed   ${sumText(unnamed)}${remove && unnamed.length > 0 ? ", removed" : ""}`,
    ...unnamed.map(({ sha256, bytes, modifiedAt }) => `    ${sha256}  ${memory(bytes)}  ${modifiedAt.toISOString().slice(0, 10)}`),
    ...(remove || unnamed.length === 0
      ? []
      : ["  next      nothing was removed; other branches may name these: rehearse reference gc --delete"]),
  ]);
}

function nameOf({ stage, dataset }: StoredReference): string {
  return `${stage}/${dataset}`;
}

function placeText({ place, manifest: { file } }: StoredReference): string {
  if (file.name === "rows.ndjson") return "text";
  const where = { text: "text", here: "beside its manifest", store: "in the store, not fetched", cached: "in the store and fetched" }[
    place
  ];
  return `${memory(file.bytes)} ${where}`;
}

function factsOf({ stage, dataset, place, path: rowsAt, manifest: { rows, digest, file, provenance } }: StoredReference) {
  return { stage, dataset, place, path: rowsAt, rows, digest: digest.value, file, provenance: provenance ?? null };
}

function provenanceFacts({
  run,
  startedAt,
  commit,
  tool,
  engines,
  seeds,
}: NonNullable<StoredReference["manifest"]["provenance"]>): [string, string][] {
  return [
    ["run", `${run}, ${startedAt}`],
    ["commit", commit ?? "none"],
    ["by", [`Rehearse ${tool}`, ...engines.map(({ service, title, version }) => `${service}: ${title} ${version}`)].join(", ")],
    ...seeds.map(({ name, digest }): [string, string] => ["seed", `${name}  ${digest}`]),
  ];
}

function sumText(objects: Collection["named"]): string {
  return `${plural(objects.length, "object")}, ${memory(objects.reduce((sum, { bytes }) => sum + bytes, 0))}`;
}

function print(output: Output, facts: unknown): number {
  output.stdout.write(`${JSON.stringify(facts, null, 2)}\n`);
  return 0;
}

function say(output: Output, lines: readonly string[]): number {
  writeLines(output, lines);
  return 0;
}
