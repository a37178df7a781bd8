import { requireUniqueNames } from "../types/unique-names.ts";
import { applyColumnRules } from "./apply-column-rules.ts";
import { asMultiset, chooseMatching } from "./choose-matching.ts";
import { compareAsMultiset } from "./compare-as-multiset.ts";
import { compareByKey } from "./compare-by-key.ts";
import { planColumns, type ColumnPlan, type ComparedColumn } from "./compared-columns.ts";
import type { ComparedSides } from "./compared-side.ts";
import type { Comparison, ComparisonRules, RowMatching } from "./comparison.ts";
import { readExpected } from "./expected/expected-rule.ts";
import { findKeyProblems } from "./key-problems.ts";
import { requireKnownColumns } from "./known-columns.ts";
import type { Relation } from "./relation.ts";
import { surveyRows } from "./rungs/survey-rows.ts";
import { takeSample } from "./take-sample.ts";
import { failingTransform } from "./transform.ts";

/** Two sides to compare, and how. */
export interface RelationsRequest extends ComparedSides {
  readonly rules: ComparisonRules;
  /** How many examples of each kind to read; 10 unless told. */
  readonly examples?: number | undefined;
  /** Up to so many rows a side, they are compared the plain way, which is quick enough; 100,000 unless told. */
  readonly fewRows?: number | undefined;
}

/**
 * Compares two sides exactly: schema, then rows by key or as a multiset, cells by their canonical type. What could not be compared is said.
 * CONFIG_INVALID where a rule cannot be followed, QUERY_FAILED where two columns have one name, DATASET_UNREADABLE.
 */
export async function compareRelations({ rules, examples = 10, fewRows = 100_000, ...request }: RelationsRequest): Promise<Comparison> {
  // A transform may fail on a value: only reading tells.
  const transformed = Object.values(rules.columns ?? {}).some(({ transform }) => transform !== undefined);
  const sides = transformed ? withoutDigests(request) : request;
  const { reference, current } = sides;
  for (const { columns, title } of [reference, current]) requireUniqueNames(columns, title);
  await requireKnownColumns(sides, rules);
  const { compared: paired, schema, notCompared } = planColumns({ reference, current, ignore: rules.ignore });
  const compared = await applyColumnRules(sides.tables, { columns: paired, rules });
  try {
    return await compareColumns({ ...sides, rules, examples, fewRows }, { compared, schema, notCompared });
  } catch (error) {
    throw (await failingTransform(sides, { before: paired, after: compared, rules })) ?? error;
  }
}

function withoutDigests({ tables, reference, current }: ComparedSides): ComparedSides {
  return { tables, reference: { ...reference, digest: undefined }, current: { ...current, digest: undefined } };
}

async function compareColumns(
  { rules, examples, fewRows, ...sides }: RelationsRequest & { readonly examples: number; readonly fewRows: number },
  { compared, schema, notCompared }: ColumnPlan,
): Promise<Comparison> {
  const { reference, current } = sides;
  const chosen = chooseMatching({ current, compared, declared: rules.key, ignore: rules.ignore });
  const key = keyColumns(chosen, compared);
  const { sample } = rules;
  const sampled =
    sample === undefined || compared.length === 0 ? null : await takeSample(sides, { by: key.length > 0 ? key : compared, ...sample });
  const taken = sampled ?? sides;
  const survey = await surveyRows({ ...taken, columns: compared, key, fewRows });
  const keyProblems = await findKeyProblems({ ...taken, fewRows, same: survey.sameDigest !== null }, key);
  const matching =
    keyProblems.length === 0 ? chosen : asMultiset(compared, `the key (${chosen.columns.join(", ")}) does not tell rows apart`);
  const expected = await readExpected(sides.tables, { rules: rules.expected ?? [], columns: compared, key });
  const rows = { ...taken, columns: compared, examples, expected, fewRows };
  const found = matching.by === "key" ? await compareByKey({ ...rows, key }, survey) : await compareAsMultiset(rows, survey);
  const rowsDiffer = found.added + found.removed + found.changed > 0;
  // Of a sample it is known all the same how many rows there are.
  const uncounted = sampled !== null && !rowsDiffer && reference.rows !== current.rows;
  const different = schema.length > 0 || found.expected.unexpected > 0 || uncounted;
  const unseen = sampled?.rows === 0 && !rowsDiffer && current.rows !== 0;
  const incomparable = notCompared.length > 0 || unseen || (compared.length === 0 && !(isNothing(reference) && isNothing(current)));
  return {
    verdict: different ? "different" : incomparable ? "not compared" : rowsDiffer ? "expected" : "same",
    rows: { reference: reference.rows, current: current.rows },
    ...found,
    schema,
    notCompared,
    ignored: rules.ignore,
    matching,
    keyProblems,
    sampled: sampled === null || sample === undefined ? null : { percent: sample.percent, rows: sampled.rows },
    examples: { fields: compared.map(({ name }) => name), ...found.examples },
  };
}

/** JSON without rows does not say which columns it has. */
function isNothing({ columns, rows }: Relation): boolean {
  return columns.length === 0 && rows === 0;
}

function keyColumns(matching: RowMatching, compared: readonly ComparedColumn[]): ComparedColumn[] {
  return matching.by === "key" ? matching.columns.flatMap((name) => compared.filter((column) => column.name === name)) : [];
}
