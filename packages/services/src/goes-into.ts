import { compositeOf, type CanonicalType } from "@rehearse/dataset";

/**
 * Whether the values of one canonical type may go into a column of another: where they fit at all, their texts are the same there. Whether each of them
 * does fit is seen when they are put in.
 */
export function goesInto(from: CanonicalType, to: CanonicalType): boolean {
  if (from === to || groups.some((group) => group.test(from) && group.test(to))) return true;
  const [given, taken] = [compositeOf(from), compositeOf(to)];
  if (given?.kind === "list" && taken?.kind === "list") return goesInto(given.element, taken.element);
  if (given?.kind === "map" && taken?.kind === "map") return goesInto(given.key, taken.key) && goesInto(given.value, taken.value);
  if (given?.kind !== "struct" || taken?.kind !== "struct" || given.fields.length !== taken.fields.length) return false;
  return given.fields.every(({ name, type }, index) => {
    const field = taken.fields[index];
    return field?.name === name && goesInto(type, field.type);
  });
}

const groups = [/^(u?int\d+|decimal\(.*\)|number)$/, /^(text|enum)$/];
