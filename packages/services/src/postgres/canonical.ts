import type { CanonicalType, Column } from "@rehearse/dataset";

/** A column of a query as Postgres describes it; domains are followed to their base type. */
export interface Described {
  readonly name: string;
  /** Such as `numeric(10,2)`, or the domain's name. */
  readonly source: string;
  /** The name of the base type where Postgres itself brings it, such as `int8`; null for types made by users and extensions. */
  readonly base: string | null;
  readonly kind: "enum" | "array" | "composite" | "range" | "base";
}

/** A column that can be compared, and the SQL that gives the canonical text of `reference`. */
interface Mapping {
  readonly type: CanonicalType;
  readonly text: (reference: string) => string;
}

const asWritten = (reference: string): string => reference;

const bytes = (reference: string): string => `pg_catalog.encode(${reference}, 'hex')`;

// Casts to text strip the blanks of char(n): the output function, which COPY calls, keeps them, so most types are written as they are.
const mappings: Readonly<Record<string, Mapping>> = {
  bool: { type: "boolean", text: (reference) => `CASE ${reference} WHEN true THEN 'true' WHEN false THEN 'false' END` },
  int2: { type: "int16", text: asWritten },
  int4: { type: "int32", text: asWritten },
  int8: { type: "int64", text: asWritten },
  // Also with a precision: numeric(10,2) may hold NaN, which no decimal(10,2) can, and a type must not depend on the rows.
  numeric: { type: "number", text: asWritten },
  float4: { type: "float32", text: asWritten },
  float8: { type: "float64", text: asWritten },
  text: { type: "text", text: asWritten },
  varchar: { type: "text", text: asWritten },
  bpchar: { type: "text", text: asWritten },
  name: { type: "text", text: asWritten },
  bytea: { type: "bytes", text: bytes },
  date: { type: "date", text: asWritten },
  time: { type: "time", text: (reference) => `pg_catalog.to_char(${reference}::pg_catalog.interval, 'HH24:MI:SS.US')` },
  timestamp: { type: "timestamp", text: (reference) => moment(reference, "") },
  timestamptz: { type: "timestamptz", text: (reference) => moment(reference, '"+00"') },
  uuid: { type: "uuid", text: asWritten },
  json: { type: "json", text: asWritten },
  jsonb: { type: "json", text: asWritten },
};

/** `to_char` knows no infinity, and writes years before Christ like those after unless told. The session's zone is UTC. */
function moment(reference: string, zone: string): string {
  return `CASE WHEN NOT pg_catalog.isfinite(${reference}) THEN ${reference}::pg_catalog.text
    WHEN ${reference} < '0001-01-01' THEN pg_catalog.to_char(${reference}, 'YYYY-MM-DD HH24:MI:SS.US${zone} BC')
    ELSE pg_catalog.to_char(${reference}, 'YYYY-MM-DD HH24:MI:SS.US${zone}') END`;
}

function mapping({ base, kind }: Described): Mapping | undefined {
  if (kind === "enum") return { type: "text", text: asWritten };
  return kind === "base" && base !== null ? mappings[base] : undefined;
}

/** The column for the manifest. */
export function column(described: Described): Column {
  const { name, source, kind } = described;
  const found = mapping(described);
  if (found !== undefined) return { name, source, type: found.type };
  const what = kind === "base" || kind === "enum" ? `the type ${source}` : `${kind} types (${source})`;
  return { name, source, type: { notComparable: `${what} cannot be compared exactly; compare a query that casts it to text` } };
}

/** SQL for the canonical text of a column, or null where it is not comparable. */
export function canonicalText(described: Described, reference: string): string | null {
  return mapping(described)?.text(reference) ?? null;
}
