import { normalForm } from "./canonical-json.ts";
import { splitAtCommas } from "./split-at-commas.ts";

/**
 * A JSON document in its normal form without the parts that some JSON Pointers (a JSON array of them) lead to; what a pointer does not find is not missed.
 * A document that names a key twice has no normal form and stays as it is written.
 */
export function jsonWithout(document: string, pointers: string): string {
  const normal = normalForm(document);
  if (normal === null) return document;
  const paths: unknown = JSON.parse(pointers);
  if (!Array.isArray(paths)) throw new TypeError("the pointers are no list");
  return paths.reduce<string | null>((rest, path) => (rest === null ? null : without(rest, stepsOf(String(path)))), normal) ?? "null";
}

/** A JSON array with its elements in the order of their texts, so that two arrays of the same elements are equal; every other document as it is. */
export function jsonArraySorted(document: string): string {
  return document.startsWith("[") ? `[${partsOf(document).toSorted().join(",")}]` : document;
}

function stepsOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** Null where nothing is left. */
function without(document: string, [step, ...rest]: readonly string[]): string | null {
  if (step === undefined) return null;
  const [open, close] = [document.slice(0, 1), document.slice(-1)];
  if (open !== "{" && open !== "[") return document;
  const name = `${JSON.stringify(step)}:`;
  const parts = partsOf(document).flatMap((part, index) => {
    const here = open === "{" ? part.startsWith(name) : String(index) === step;
    if (!here) return [part];
    const label = open === "{" ? name : "";
    const left = without(part.slice(label.length), rest);
    return left === null ? [] : [`${label}${left}`];
  });
  return `${open}${parts.join(",")}${close}`;
}

/** The elements of an array, or the members of an object, as they are written; the document has no white space between them. */
function partsOf(document: string): string[] {
  return splitAtCommas(document.slice(1, -1));
}
