import type { CanonicalType } from "./canonical-type.ts";
import { compositeOf } from "./composite-type.ts";
import { simpleType, type SimpleType, type TypeFamily } from "./simple-type.ts";

/** The DuckDB type that stores a canonical type. */
export function storageType(type: CanonicalType): string {
  return known(type).storage;
}

export function familyOf(type: CanonicalType): TypeFamily {
  return known(type).family;
}

function known(type: CanonicalType): SimpleType {
  const simple = simpleType(type);
  if (simple !== null) return simple;
  const composite = compositeOf(type);
  if (composite === null) throw new TypeError(`an engine declared a column of the type ${type}, which is no canonical type`);
  return { family: composite.kind, storage: "VARCHAR" };
}
