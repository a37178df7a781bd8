/** A way to notice a fault: tests, or the cases that a plain comparison decides beside the tool. */
export interface Look {
  readonly name: string;
  /** Test files, from the root of the repository; none for the cases. */
  readonly tests: readonly string[];
}

const unit = (...names: readonly string[]) => names.map((name) => `packages/dataset/test/${name}.test.ts`);
const whole = (...names: readonly string[]) => names.map((name) => `packages/cli/test/${name}.test.ts`);

const judged = (...names: readonly string[]) => names.map((name) => `packages/rehearsal/test/judge/${name}.test.ts`);

/** The quickest tests that could notice a fault, by where it lies: the first prefix that fits. */
const quickest: readonly (readonly [string, readonly string[]])[] = [
  ["packages/dataset/src/compare/causes/exact-arithmetic", unit("exact-arithmetic")],
  ["packages/dataset/src/compare/causes/float-arithmetic", unit("float-arithmetic")],
  ["packages/dataset/src/compare/causes/value-cause", unit("value-cause", "causes")],
  ["packages/dataset/src/compare/causes/cause-request", unit("value-cause")],
  ["packages/dataset/src/compare/causes/", unit("arithmetic-cause", "causes")],
  ["packages/dataset/src/compare/apply-column-rules", unit("applied-rules", "unusable-rules", "column-rules")],
  ["packages/dataset/src/compare/cell-pair", unit("told-differences", "column-plan")],
  ["packages/dataset/src/compare/choose-matching", unit("column-plan")],
  ["packages/dataset/src/compare/compare-as-multiset", unit("unkeyed-rows", "verdict")],
  ["packages/dataset/src/compare/compare-datasets", unit("datasets-at-rest")],
  ["packages/dataset/src/compare/compared-columns", unit("column-plan", "cross-type")],
  ["packages/dataset/src/compare/count-columns", unit("told-differences")],
  ["packages/dataset/src/compare/delta", unit("told-differences", "column-rules")],
  ["packages/dataset/src/compare/describe-differences", unit("told-differences", "verdict")],
  ["packages/dataset/src/compare/differing-rows", unit("ways-to-find-rows")],
  ["packages/dataset/src/compare/example-rows", unit("told-differences", "comparison")],
  ["packages/dataset/src/compare/key-problems", unit("key-problems")],
  ["packages/dataset/src/compare/known-columns", unit("known-columns")],
  ["packages/dataset/src/compare/relation", unit("datasets-at-rest")],
  ["packages/dataset/src/compare/transform", unit("applied-rules", "unusable-rules")],
  ["packages/dataset/src/compare/exact-delta", unit("decimal-text")],
  ["packages/dataset/src/compare/decimal-text", unit("decimal-text")],
  ["packages/dataset/src/compare/tolerance", unit("tolerance", "column-rules")],
  ["packages/dataset/src/compare/nanoseconds", unit("moments", "tolerance")],
  ["packages/dataset/src/compare/decimal-sql", unit("told-differences", "tolerance")],
  ["packages/dataset/src/compare/scalar-expression", unit("scalar-expression")],
  ["packages/dataset/src/compare/usable-functions", unit("usable-functions", "scalar-expression")],
  ["packages/dataset/src/compare/compare-relations", unit("verdict", "sample", "unusable-rules")],
  ["packages/dataset/src/compare/expected/expected-rule", unit("conditions")],
  ["packages/dataset/src/compare/expected/operand", unit("conditions", "expected-differences")],
  ["packages/dataset/src/compare/expected/", unit("unkeyed-rows", "expected-differences")],
  ["packages/dataset/src/compare/rungs/plan-ranges", unit("plan-ranges")],
  ["packages/dataset/src/compare/rungs/choose-rung", unit("choice-of-rung")],
  ["packages/dataset/src/compare/rungs/provably-unique", unit("provably-unique")],
  ["packages/dataset/src/compare/rungs/row-groups", unit("row-groups")],
  ["packages/dataset/src/compare/rungs/survey-rows", unit("survey-of-rows")],
  ["packages/dataset/src/compare/rungs/", unit("ways-to-find-rows", "choice-of-rung", "rungs")],
  ["packages/dataset/src/compare/take-sample", unit("sampled-rows", "sample")],
  [
    "packages/dataset/src/compare/",
    unit("verdict", "comparison", "comparison-rules", "column-rules", "unusable-rules", "cross-type", "traps"),
  ],
  ["packages/dataset/src/rows/export", unit("export")],
  ["packages/dataset/src/rows/write-restoration", unit("restoration")],
  ["packages/dataset/src/rows/digest-ranges", unit("reference-digests")],
  ["packages/dataset/src/rows/manifest", unit("manifest-text", "reference", "reference-digests", "damage")],
  ["packages/dataset/src/rows/usable-key", unit("manifest-text")],
  ["packages/dataset/src/rows/read-dataset", unit("damage-hostile", "damage", "reference")],
  ["packages/dataset/src/rows/", unit("extraction", "reference", "reference-digests", "comparison", "traps")],
  ["packages/dataset/src/types/canonical-json", unit("canonical-json", "traps")],
  ["packages/dataset/src/types/canonical-number", unit("canonical-json", "common-type")],
  ["packages/dataset/src/types/canonical-text", unit("canonical-texts", "extraction", "common-type", "traps", "reference")],
  ["packages/dataset/src/types/json-parts", unit("json-parts", "column-rules")],
  ["packages/dataset/src/types/split-at-commas", unit("json-parts", "composite-type")],
  ["packages/dataset/src/types/decimal-of-bytes", unit("parquet-types", "parquet-files")],
  ["packages/dataset/src/types/row-", unit("type-limits", "canonical-texts", "comparison", "traps", "reference")],
  ["packages/dataset/src/types/composite-type", unit("composite-type", "common-type", "extremes", "traps")],
  ["packages/dataset/src/types/composite", unit("canonical-texts", "common-type", "extremes", "traps")],
  ["packages/dataset/src/types/common", unit("common-type-names", "common-type", "cross-type")],
  ["packages/dataset/src/types/widening", unit("widening", "type-limits", "extraction", "parquet-files")],
  ["packages/dataset/src/types/", unit("type-limits", "canonical-texts", "extraction", "common-type", "cross-type", "traps", "reference")],
  ["packages/dataset/src/files/parquet-footer", unit("parquet-footer", "parquet-files")],
  ["packages/dataset/src/files/parquet", unit("parquet-types", "rounded-parquet", "parquet-files")],
  ["packages/dataset/src/files/duckdb-type", unit("parquet-types", "parquet-files")],
  ["packages/dataset/src/files/exact-leaf", unit("parquet-types", "rounded-parquet", "parquet-files")],
  ["packages/dataset/src/files/native-value", unit("rounded-parquet", "parquet-files", "traps")],
  ["packages/dataset/src/files/plain-copy", unit("rounded-parquet", "parquet-files")],
  ["packages/dataset/src/files/csv-records", unit("csv-records", "text-files")],
  ["packages/dataset/src/files/text-chunks", unit("csv-records", "text-files")],
  ["packages/dataset/src/files/json-documents", unit("json-documents", "text-files")],
  ["packages/dataset/src/files/json-columns", unit("json-columns", "text-files")],
  ["packages/dataset/src/files/find-files", unit("find-files", "parquet-files")],
  ["packages/dataset/src/files/", unit("text-sides", "text-files", "parquet-files")],
  ["packages/dataset/src/references/s3", unit("s3-store")],
  ["packages/dataset/src/references/object-name", unit("reference-text")],
  ["packages/dataset/src/references/reference-text", unit("reference-text", "reference")],
  ["packages/dataset/src/references/accept-reference", unit("acceptance", "reference", "reference-digests")],
  ["packages/dataset/src/references/stand-in", unit("stand-in")],
  ["packages/dataset/src/references/", unit("reference", "reference-digests", "reference-store", "damage", "damage-hostile")],
  ["packages/rehearsal/src/judge/assertions/decide-files", judged("decide-files")],
  ["packages/rehearsal/src/judge/assertions/decide-http", judged("json-difference")],
  ["packages/rehearsal/src/judge/assertions/decide-query", judged("decide-query")],
  ["packages/rehearsal/src/judge/assertions/decide", judged("judge-assertion")],
  ["packages/rehearsal/src/judge/assertions/decision", judged("decide-query")],
  ["packages/rehearsal/src/judge/assertions/evidence", judged("evidence")],
  ["packages/rehearsal/src/judge/assertions/json-difference", judged("json-difference")],
  ["packages/rehearsal/src/judge/assertions/range-words", judged("range-words")],
  ["packages/rehearsal/src/judge/cell-equals", judged("cell-equals")],
  ["packages/rehearsal/src/judge/column-rule-words", judged("column-rule-words")],
  ["packages/rehearsal/src/judge/divergences", judged("divergences")],
  ["packages/rehearsal/src/judge/expected-differences", judged("expected-differences")],
  ["packages/rehearsal/src/judge/judge-assertion", judged("judge-assertion")],
  ["packages/rehearsal/src/judge/judge-dataset", judged("comparison-words", "judge-dataset")],
  ["packages/rehearsal/src/judge/judge-stage", judged("judge-stage")],
  ["packages/rehearsal/src/judge/judge.ts", judged("judge")],
  ["packages/rehearsal/src/judge/noise", judged("noise")],
  ["packages/rehearsal/src/judge/read-verdicts", judged("read-verdicts")],
  ["packages/rehearsal/src/judge/seed-notes", judged("seed-notes")],
  ["packages/rehearsal/src/judge/stage-checks", judged("stage-checks")],
  ["packages/rehearsal/src/judge/stage-facts", judged("stage-facts")],
  ["packages/rehearsal/src/judge/stage-report", judged("stage-report")],
  ["packages/rehearsal/src/judge/verdict-of", judged("verdict-of")],
  ["packages/rehearsal/src/judge/weigh-noise", judged("weigh-noise")],
  ["packages/rehearsal/src/judge/", whole("check")],
];

/** Of the command's tests those that judge, for faults in what the dataset package knows nothing of. */
const judging = whole(
  "check",
  "assertions",
  "expected-differences",
  "column-rules",
  "only",
  "against",
  "rehearsal",
  "blame",
  "references",
  "diff",
);

/** Looks at a file's faults, the quickest first. */
export function looksFor(file: string, unitTests: readonly string[]): Look[] {
  const quick = quickest.find(([prefix]) => file.startsWith(prefix))?.[1] ?? [];
  const inDataset = file.startsWith("packages/dataset/");
  const rest = (inDataset ? unitTests : judging).filter((test) => !quick.includes(test));
  return [
    { name: "the quickest tests", tests: quick },
    ...(inDataset ? [{ name: "random cases", tests: [] }] : []),
    { name: "all other tests", tests: rest },
  ];
}
