import { normalForm } from "./canonical-json.ts";
import { splitAtCommas } from "./split-at-commas.ts";

/**
 * A JSON document in its normal form without the parts that some JSON Pointers (a JSON array of them) lead to: each in the whole document, so that what one
 * of them takes out of an array moves nothing for the others. What a pointer does not find is not missed.
 * A document that names a key twice has no normal form and stays as it is written.
 */
export function jsonWithout(document: string, pointers: string): string {
  const normal = normalForm(document);
  if (normal === null) return document;
  const paths: unknown = JSON.parse(pointers);
  if (!Array.isArray(paths)) throw new TypeError("the pointers are no list");
  return (
    without(
      normal,
      paths.map((path) => stepsOf(String(path))),
    ) ?? "null"
  );
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
function without(document: string, paths: readonly (readonly string[])[]): string | null {
  if (paths.some((path) => path.length === 0)) return null;
  const [open, close] = [document.slice(0, 1), document.slice(-1)];
  if (paths.length === 0 || (open !== "{" && open !== "[")) return document;
  const parts = partsOf(document).flatMap((part, index) => {
    const labelOf = (step: string): string => (open === "{" ? `${JSON.stringify(step)}:` : "");
    const here = paths.filter(([step = ""]) => (open === "{" ? part.startsWith(labelOf(step)) : String(index) === step));
    if (here.length === 0) return [part];
    const label = labelOf(here[0]?.[0] ?? "");
    const below = here.map((path) => path.slice(1));
    const left = without(part.slice(label.length), below);
    return left === null ? [] : [`${label}${left}`];
  });
  return `${open}${parts.join(",")}${close}`;
}

/** The elements of an array, or the members of an object, as they are written; the document has no white space between them. */
function partsOf(document: string): string[] {
  return splitAtCommas(document.slice(1, -1));
}
