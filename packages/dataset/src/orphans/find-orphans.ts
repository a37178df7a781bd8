import { RehearseError } from "@rehearse/errors";
import { relationOf } from "../compare/relation.ts";
import type { Dataset } from "../rows/dataset.ts";
import type { Tables } from "../tables/tables.ts";
import { toText } from "../types/canonical-text.ts";
import type { StoredColumn } from "../types/canonical-type.ts";
import { commonType } from "../types/common-type.ts";
import { identityOf, orderOf } from "../types/row-order.ts";

/** A column of a dataset. */
export interface DatasetColumn {
  readonly dataset: Dataset;
  readonly column: string;
}

/** How many values a column has that are not NULL, how many of them another column lacks, and the first of those as canonical text, each once. */
export interface Orphans {
  readonly values: number;
  readonly orphans: number;
  readonly examples: string[];
}

const examplesShown = 10;

/** Finds values of the child's column that the parent's does not have. QUERY_FAILED where a column is missing or the two cannot be compared. */
export async function findOrphans({
  tables,
  child,
  parent,
}: {
  readonly tables: Tables;
  readonly child: DatasetColumn;
  readonly parent: DatasetColumn;
}): Promise<Orphans> {
  const [mine, theirs] = [valuesOf(child), valuesOf(parent)];
  // As a foreign key has it, by value: of one declaration two numbers may still be written with other zeros.
  const common = commonType({ ...mine.column, source: "child" }, { ...theirs.column, source: "parent" });
  if (!("type" in common)) throw unlike({ child, parent, types: [mine.column.type, theirs.column.type] });
  const { type } = common;
  const children = `(SELECT ${common.reference("v")} AS v, v AS own FROM ${mine.from})`;
  const parents = `(SELECT ${common.current("v")} AS v FROM ${theirs.from})`;
  const doing = `looking for values of ${child.column} that are not in ${parent.column}`;
  const identity = identityOf(type, "v");
  const orphans = `SELECT v, own FROM ${children} WHERE v IS NOT NULL AND ${identity} NOT IN (SELECT ${identity} FROM ${parents} WHERE v IS NOT NULL)`;
  const [[values, missing] = []] = await tables.query(
    `SELECT (SELECT count(v) FROM ${children}), (SELECT count(*) FROM (${orphans}))`,
    doing,
  );
  const own = toText(mine.column.type, "any_value(own)");
  const first = `SELECT ${own} FROM (${orphans}) GROUP BY v ORDER BY ${orderOf(type, "v").join(", ")} LIMIT ${examplesShown}`;
  const examples = Number(missing) === 0 ? [] : await tables.query(first, doing);
  return { values: Number(values), orphans: Number(missing), examples: examples.flatMap(([cell]) => cell ?? []) };
}

/** SQL that gives the column's values as `v`, and what they are. */
function valuesOf({ dataset, column }: DatasetColumn): { readonly from: string; readonly column: StoredColumn } {
  const { columns, values, from } = relationOf(dataset);
  const found = columns.find(({ name }) => name === column);
  if (found === undefined)
    throw new RehearseError({
      code: "QUERY_FAILED",
      message: `there is no column ${JSON.stringify(column)}, only ${columns.map(({ name }) => name).join(", ")}`,
      hint: "Name one of these.",
    });
  if (typeof found.type !== "string")
    throw new RehearseError({
      code: "QUERY_FAILED",
      message: `the column ${JSON.stringify(column)} (${found.source}) cannot be compared: ${found.type.notComparable}`,
      hint: "Ask with a query that casts it.",
    });
  const index = columns.filter(({ type }) => typeof type === "string").indexOf(found);
  return { from: `(SELECT ${values[index]} AS v FROM ${from})`, column: { ...found, type: found.type } };
}

function unlike({
  child,
  parent,
  types: [mine, theirs],
}: {
  child: DatasetColumn;
  parent: DatasetColumn;
  types: [string, string];
}): RehearseError {
  return new RehearseError({
    code: "QUERY_FAILED",
    message: `the child's ${child.column} is ${mine}, the parent's ${parent.column} is ${theirs}: their values cannot be compared`,
    hint: "Ask with a query that casts one of them.",
  });
}
