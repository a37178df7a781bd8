import type { CanonicalType } from "../types/canonical-type.ts";
import type { Tables } from "../tables/tables.ts";
import { ofTheDay } from "./native-value.ts";
import type { ParquetNode } from "./parquet-types.ts";

/** How a column that DuckDB would round is read from its bytes: its canonical type, and SQL for its stored value. */
export interface ExactReading {
  readonly type: CanonicalType | { readonly notComparable: string };
  readonly value: (column: string) => string;
}

/** The canonical type of such a column; of INT96 the one that most of them have. */
export function exactType({ physical, logical, precision, scale }: ParquetNode): CanonicalType {
  if (precision > 38) return `decimal(${precision},${scale})`;
  if (physical === "INT96") return "timestamp";
  return logical.startsWith("TimeType") ? "time_ns" : "timestamptz_ns";
}

/** How such a column, of that name, is read. `probe` asks the rows, whose column is `v`: it takes what stands before FROM. */
export async function exactReading(
  leaf: ParquetNode,
  { name, probe }: { readonly name: string; readonly probe: Probe },
): Promise<ExactReading> {
  if (leaf.physical === "INT96") return int96Reading(probe);
  const type = exactType(leaf);
  if (leaf.precision > 38) return { type, value: (column) => `decimal_of_bytes(hex(${column}), '${leaf.scale}')` };
  return { type, value: type === "time_ns" ? (column) => timeText(column, name) : (column) => `make_timestamp_ns(${column})` };
}

type Probe = (select: string) => ReturnType<Tables["query"]>;

/** What Spark writes has microseconds, over more years than nanoseconds reach. */
async function int96Reading(probe: Probe): Promise<ExactReading> {
  const ns = int96Nanoseconds("v");
  const [[finer, beyond] = []] = await probe(
    `SELECT count(*) FILTER (${ns} % 1000 <> 0), count(*) FILTER (abs(${ns}) >= 9223372036854775807)`,
  );
  if (finer === "0") return { type: "timestamp", value: (column) => `make_timestamp((${int96Nanoseconds(column)} // 1000)::BIGINT)` };
  if (beyond === "0") return { type: "timestamp_ns", value: (column) => `make_timestamp_ns(${int96Nanoseconds(column)}::BIGINT)` };
  return { type: { notComparable: "its INT96 hold nanoseconds beyond the years 1677 to 2262" }, value: (column) => column };
}

/** Eight bytes of nanoseconds of the day, four of the Julian day, both with the lowest byte first. */
function int96Nanoseconds(column: string): string {
  const number = (bytes: readonly number[]): string =>
    `('0x' || ${bytes.map((byte) => `hex(${column})[${2 * byte + 1}:${2 * byte + 2}]`).join(" || ")})::BIGINT::HUGEINT`;
  return `((${number([11, 10, 9, 8])} - 2440588) * 86400000000000 + ${number([7, 6, 5, 4, 3, 2, 1, 0])})`;
}

function timeText(value: string, column: string): string {
  const count = `(${ofTheDay({ value, column }, { count: value, unit: "nanoseconds", day: "86400000000000" })})`;
  const [minutes, seconds] = [`${value} // 60000000000 % 60`, `${value} // 1000000000 % 60`];
  return `printf('%02d:%02d:%02d.%09d', ${count} // 3600000000000, ${minutes}, ${seconds}, ${value} % 1000000000)`;
}
