import { createHash } from "node:crypto";
import { z } from "zod";
import { manifestSchema, type Manifest } from "./manifest.ts";

const sealed = z.looseObject({ seal: z.string() });

/**
 * A manifest as the text of its file: its parts always in the same order, a line for each fact, so that two changes of one dataset meet only where
 * they must. The seal at the end is a digest of all of it, without which a manifest that was edited or merged by hand would pass for what was accepted.
 */
export function manifestText(manifest: Manifest): string {
  const facts = inOrder(manifest);
  return `${linesOf({ ...facts, seal: sealOf(facts) }, "")}\n`;
}

/** The manifest of such a text. Throws an Error that says in a sentence what is wrong with it. */
export function parseManifest(text: string): Manifest {
  const { seal, ...facts } = wellFormed(sealed, JSON.parse(text));
  const manifest = wellFormed(manifestSchema, facts);
  const right = sealOf(inOrder(manifest));
  if (seal !== right) throw new Error(`it was changed after it was written: its seal is ${seal}, its facts have ${right}`);
  return manifest;
}

function wellFormed<T>(schema: z.ZodType<T>, value: unknown): T {
  const { data, error } = schema.safeParse(value);
  if (error === undefined) return data;
  throw new Error(error.issues.map(({ path, message }) => `${path.join(".") || "all of it"}: ${message}`).join("; "), { cause: error });
}

/** The schema puts the parts of each fact in one order, whoever made it. */
function inOrder(manifest: Manifest): Manifest {
  const { version, columns, key, read, rows, digest, file, engineDigest, columnDigests, rangeDigests, provenance } =
    manifestSchema.parse(manifest);
  return { version, columns, key, read, rows, digest, file, engineDigest, columnDigests, rangeDigests, provenance };
}

function sealOf(facts: Manifest): string {
  return createHash("sha256").update(JSON.stringify(facts)).digest("hex");
}

/** JSON, with a line for each member of what has members that are no plain values. A plain object within a list is one fact. */
function linesOf(value: unknown, indent: string): string {
  const deeper = `${indent}  `;
  if (Array.isArray(value) && value.some(isObject))
    return block(
      ["[", "]"],
      value.map((it) => JSON.stringify(it)),
      deeper,
    );
  if (!isObject(value) || Array.isArray(value)) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, it]) => it !== undefined);
  return block(
    ["{", "}"],
    members.map(([name, it]) => `${JSON.stringify(name)}: ${linesOf(it, deeper)}`),
    deeper,
  );
}

function block([open, close]: readonly [string, string], lines: readonly string[], indent: string): string {
  return lines.length === 0 ? `${open}${close}` : `${open}\n${lines.map((line) => indent + line).join(",\n")}\n${indent.slice(2)}${close}`;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
