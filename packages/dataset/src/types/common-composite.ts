import { fromText, toText } from "./canonical-text.ts";
import type { CanonicalType } from "./canonical-type.ts";
import { compositeText, partPath, type PathStep } from "./composite-text.ts";
import { compositeOf, listOf, mapOf, structOf } from "./composite-type.ts";

/** SQL that brings a stored value to another type, without loss. */
export type Bring = (value: string) => string;

/** A type that holds every value of two others exactly, and how the values of each get there. */
export interface Common {
  readonly type: CanonicalType;
  readonly reference: Bring;
  readonly current: Bring;
}

/** Two types, and what finds a common one for parts that are not composite. */
interface Pair {
  readonly reference: CanonicalType;
  readonly current: CanonicalType;
  readonly commonOf: (reference: CanonicalType, current: CanonicalType) => Common | null;
}

/** A common type of two composites of one shape whose parts have common types: each part is brought to its own. Null where there is none. */
export function commonComposite(pair: Pair): Common | null {
  if (compositeOf(pair.reference) === null) return null;
  const parts = new Map<string, Common>();
  const type = commonShape({ ...pair, path: "" }, parts);
  if (type === null) return null;
  const bring = (from: CanonicalType, side: "reference" | "current") => (value: string) =>
    compositeText({
      type: from,
      text: value,
      refuse: (text) => `error(${text})`,
      part: ({ type: part, text, path }) => {
        const common = parts.get(path);
        if (common === undefined) throw new TypeError(`${from} has no part ${path}`);
        return { read: common[side](fromText({ type: part, text, column: "" })), write: (stored) => toText(common.type, stored) };
      },
    });
  return { type, reference: bring(pair.reference, "reference"), current: bring(pair.current, "current") };
}

/** The common type, and by path the one of each part that is not composite. */
function commonShape(at: Pair & { readonly path: string }, parts: Map<string, Common>): CanonicalType | null {
  const [before, after] = [compositeOf(at.reference), compositeOf(at.current)];
  const part = (reference: CanonicalType, current: CanonicalType, step: PathStep): CanonicalType | null =>
    commonShape({ ...at, reference, current, path: partPath(at.path, step) }, parts);
  if (before === null || after === null) {
    const common = before === null && after === null ? at.commonOf(at.reference, at.current) : null;
    if (common !== null) parts.set(at.path, common);
    return common?.type ?? null;
  }
  if (before.kind === "list" && after.kind === "list") {
    const element = part(before.element, after.element, "element");
    return element === null ? null : listOf(element);
  }
  if (before.kind === "map" && after.kind === "map") {
    const [key, value] = [part(before.key, after.key, "key"), part(before.value, after.value, "value")];
    return key === null || value === null ? null : mapOf({ key, value });
  }
  if (before.kind !== "struct" || after.kind !== "struct" || before.fields.length !== after.fields.length) return null;
  const fields = before.fields.flatMap(({ name, type }, index) => {
    const other = after.fields[index];
    const common = other === undefined || other.name !== name ? null : part(type, other.type, index);
    return common === null ? [] : [{ name, type: common }];
  });
  return fields.length === before.fields.length ? structOf(fields) : null;
}
