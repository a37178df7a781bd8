/** A way to notice a fault: tests, or the cases that a plain comparison decides beside the tool. */
export interface Look {
  readonly name: string;
  /** Test files, from the root of the repository; none for the cases. */
  readonly tests: readonly string[];
}

const unit = (...names: readonly string[]) => names.map((name) => `packages/dataset/test/${name}.test.ts`);
const whole = (...names: readonly string[]) => names.map((name) => `packages/cli/test/${name}.test.ts`);

const judged = ["packages/rehearsal/test/judge/decide-query.test.ts", "packages/rehearsal/test/judge/decide.test.ts"];

/** The quickest tests that could notice a fault, by where it lies: the first prefix that fits. */
const quickest: readonly (readonly [string, readonly string[]])[] = [
  ["packages/dataset/src/compare/causes/exact-arithmetic", unit("exact-arithmetic")],
  ["packages/dataset/src/compare/causes/float-arithmetic", unit("float-arithmetic")],
  ["packages/dataset/src/compare/causes/value-cause", unit("value-cause", "causes")],
  ["packages/dataset/src/compare/causes/cause-request", unit("value-cause")],
  ["packages/dataset/src/compare/causes/", unit("arithmetic-cause", "causes")],
  ["packages/dataset/src/compare/delta", unit("column-rules", "comparison")],
  ["packages/dataset/src/compare/exact-delta", unit("decimal-text")],
  ["packages/dataset/src/compare/decimal-text", unit("decimal-text")],
  ["packages/dataset/src/compare/tolerance", unit("tolerance", "column-rules")],
  ["packages/dataset/src/compare/nanoseconds", unit("tolerance", "column-rules")],
  ["packages/dataset/src/compare/decimal-sql", unit("tolerance", "column-rules")],
  ["packages/dataset/src/compare/scalar-expression", unit("scalar-expression")],
  ["packages/dataset/src/compare/usable-functions", unit("scalar-expression", "unusable-rules")],
  ["packages/dataset/src/compare/compare-relations", unit("verdict", "sample", "unusable-rules")],
  ["packages/dataset/src/compare/expected/expected-rule", unit("conditions")],
  ["packages/dataset/src/compare/expected/operand", unit("conditions", "expected-differences")],
  ["packages/dataset/src/compare/expected/", unit("expected-differences")],
  ["packages/dataset/src/compare/rungs/plan-ranges", unit("plan-ranges")],
  ["packages/dataset/src/compare/rungs/choose-rung", unit("choice-of-rung")],
  ["packages/dataset/src/compare/rungs/provably-unique", unit("provably-unique")],
  ["packages/dataset/src/compare/rungs/", unit("choice-of-rung", "rungs")],
  ["packages/dataset/src/compare/take-sample", unit("sample")],
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
  ["packages/dataset/src/types/json-parts", unit("canonical-json", "column-rules")],
  ["packages/dataset/src/types/canonical-number", unit("canonical-json", "common-type")],
  ["packages/dataset/src/types/decimal-of-bytes", unit("parquet-files")],
  ["packages/dataset/src/types/row-text", unit("comparison", "traps")],
  ["packages/dataset/src/types/row-order", unit("reference", "comparison")],
  ["packages/dataset/src/types/composite", unit("common-type", "extremes", "traps")],
  ["packages/dataset/src/types/common", unit("common-type", "cross-type")],
  ["packages/dataset/src/types/widening", unit("widening", "extraction", "parquet-files")],
  ["packages/dataset/src/types/", unit("extraction", "common-type", "cross-type", "traps", "reference")],
  ["packages/dataset/src/files/parquet", unit("parquet-files")],
  ["packages/dataset/src/files/", unit("text-files", "parquet-files")],
  ["packages/dataset/src/references/s3", unit("s3-store")],
  ["packages/dataset/src/references/object-name", unit("reference-text")],
  ["packages/dataset/src/references/reference-text", unit("reference-text", "reference")],
  ["packages/dataset/src/references/accept-reference", unit("acceptance", "reference", "reference-digests")],
  ["packages/dataset/src/references/stand-in", unit("stand-in")],
  ["packages/dataset/src/references/", unit("reference", "reference-digests", "reference-store", "damage", "damage-hostile")],
  ["packages/rehearsal/src/judge/assertions/", judged],
  ["packages/rehearsal/src/judge/cell-equals", judged],
  ["packages/rehearsal/src/judge/column-rule", judged],
  ["packages/rehearsal/src/judge/verdict-of", judged],
  ["packages/rehearsal/src/judge/judge-assertion", whole("assertions")],
  ["packages/rehearsal/src/judge/expected", whole("expected-differences")],
  ["packages/rehearsal/src/judge/divergences", whole("blame", "rehearsal")],
  ["packages/rehearsal/src/judge/noise", whole("against")],
  ["packages/rehearsal/src/judge/weigh-noise", whole("against")],
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
