import type { CanonicalType } from "../types/canonical-type.ts";
import { familyOf, storageType } from "../types/storage-type.ts";

/** SQL: a date, time or moment as nanoseconds, NULL for NULL and the infinities. */
export function nanosecondsOf(type: CanonicalType, value: string): string {
  const family = familyOf(type);
  if (family === "date") return `CASE WHEN isfinite(${value}) THEN (${value} - DATE '1970-01-01')::HUGEINT * ${86_400n * 10n ** 9n} END`;
  if (family === "time") return storageType(type) === "VARCHAR" ? ofTimeText(value) : `(epoch_us(${value})::HUGEINT * 1000)`;
  // `isfinite` knows no TIMESTAMP_NS.
  if (storageType(type) === "TIMESTAMP_NS")
    return `CASE WHEN ${value} NOT IN ('infinity'::TIMESTAMP_NS, '-infinity'::TIMESTAMP_NS) THEN epoch_ns(${value})::HUGEINT END`;
  return `CASE WHEN isfinite(${value}) THEN epoch_us(${value})::HUGEINT * 1000 END`;
}

/** Of `HH:MM:SS.fffffffff`. */
function ofTimeText(text: string): string {
  const part = (from: number, length: number): string => `substr(${text}, ${from}, ${length})::HUGEINT`;
  return `(((${part(1, 2)} * 60 + ${part(4, 2)}) * 60 + ${part(7, 2)}) * ${10n ** 9n} + ${part(10, 9)})`;
}
