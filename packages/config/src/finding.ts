import { nearest } from "@rehearse/errors";

/** The way to a value of the file: keys, and indexes of lists. */
export type Path = readonly (string | number)[];

/** A problem that knows its path and not yet its line. `at` says what to point to: the key, or the value (the default). */
export interface Finding {
  readonly path: Path;
  readonly at?: "key" | "value";
  readonly message: string;
  readonly expected: string;
  readonly got: string;
  readonly didYouMean?: string | undefined;
}

/** A word that names nothing: says which words there are and which of them is near. `kind` is like `stage`. */
export function unknownWord(unknown: {
  readonly kind: string;
  readonly word: string;
  readonly known: readonly string[];
  readonly path: Path;
  readonly at?: "key" | "value";
}): Finding {
  const { kind, word, known, path, at = "value" } = unknown;
  return {
    path,
    at,
    message: `unknown ${kind}`,
    expected: known.length === 0 ? `a ${kind}; there is none` : oneOf(known),
    got: describe(word),
    didYouMean: nearest(word, known),
  };
}

/** `a`, `a or b`, `a, b or c`. */
export function oneOf(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

/** A path as text: `checks.diff["core.orders"].key[0]`. */
export function renderPath(path: Path): string {
  return path.map(renderSegment).join("").replace(/^\./, "");
}

function renderSegment(segment: string | number): string {
  if (typeof segment === "number") return `[${segment}]`;
  return /^[\w-]+$/.test(segment) ? `.${segment}` : `[${JSON.stringify(segment)}]`;
}

/** A value of the file in a few words. */
export function describe(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return Object.keys(value).length === 0 ? "an empty map" : "a map";
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") return `${value}`;
  if (typeof value !== "string") return typeof value;
  return JSON.stringify(value.length > 80 ? `${value.slice(0, 79)}…` : value);
}
