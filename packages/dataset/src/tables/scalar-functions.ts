import type * as DuckDB from "@duckdb/node-api";
import { canonicalJson } from "../types/canonical-json.ts";
import { canonicalNumber } from "../types/canonical-number.ts";
import { decimalOfBytes } from "../types/decimal-of-bytes.ts";
import { jsonArraySorted, jsonWithout } from "../types/json-parts.ts";

/** Functions of text that DuckDB lacks; each gives NULL where one of them is NULL. */
const functions: Readonly<Record<string, (...texts: string[]) => string | null>> = {
  // The driver drops a byte order mark at the beginning of a text, and with it a document would pass for JSON: none begins with one behind a mark.
  canonical_json: (marked) => canonicalJson(marked.slice(1)),
  canonical_number: canonicalNumber,
  decimal_of_bytes: decimalOfBytes,
  json_array_sorted: jsonArraySorted,
  json_without: jsonWithout,
};

/** Makes our functions known to a connection's SQL, by the names above. */
export function registerFunctions({ DuckDBScalarFunction, VARCHAR }: typeof DuckDB, connection: DuckDB.DuckDBConnection): void {
  for (const [name, apply] of Object.entries(functions))
    connection.registerScalarFunction(
      DuckDBScalarFunction.create({
        name,
        parameterTypes: Array.from({ length: apply.length }, () => VARCHAR),
        returnType: VARCHAR,
        mainFunction: (_info, rows, output) => {
          const columns = Array.from({ length: apply.length }, (_, index) => rows.getColumnVector(index));
          for (let row = 0; row < rows.rowCount; row += 1) {
            const texts = columns.map((column) => column.getItem(row)).filter((text) => typeof text === "string");
            output.setItem(row, texts.length === columns.length ? apply(...texts) : null);
          }
          output.flush();
        },
      }),
    );
}
