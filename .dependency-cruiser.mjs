// The architecture as rules. A package imports only from the layers below it, and only through its root.
const layers = [
  ["errors", "assets"],
  ["process", "config"],
  ["dataset"],
  ["services"],
  ["providers"],
  ["rehearsal"],
  ["report"],
  ["github", "cli"],
];
const allowedBelow = (index) => layers.slice(0, index).flat();

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "no-circular",
      comment: "A cycle means that two files are one thing: neither can be read, tested or replaced alone.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    ...layers.flatMap((names, index) =>
      names.map((name) => ({
        name: `${name}-imports-only-lower-layers`,
        comment: `Layers, lowest first: ${layers.map((it) => it.join(" ")).join(" < ")}. What lies above must be free to change without touching ${name}.`,
        severity: "error",
        from: { path: `^packages/${name}/src/` },
        to: { path: "^packages/", pathNot: `^packages/(${[name, ...allowedBelow(index)].join("|")})/` },
      })),
    ),
    {
      name: "only-through-the-root",
      comment: "A package's index.ts is its one door: what it does not export may change at any time.",
      severity: "error",
      from: { path: "^packages/([^/]+)/" },
      to: { path: "^packages/([^/]+)/src/", pathNot: ["^packages/$1/", "^packages/[^/]+/src/index\\.ts$"] },
    },
    {
      name: "engines-are-islands",
      comment: "One engine a folder: a new engine touches its own folder and one line of the registry, so no engine may know another.",
      severity: "error",
      from: { path: "^packages/services/src/([^/]+)/" },
      to: { path: "^packages/services/src/[^/]+/", pathNot: "^packages/services/src/$1/" },
    },
    {
      name: "drivers-at-home",
      comment:
        "A driver is known only to its engine: elsewhere a service is its engine port, whatever speaks to it. References may lie in S3 as well; what a scenario runs is a service under test.",
      severity: "error",
      from: { path: "^packages/", pathNot: "^packages/(services/(src|test)/|cli/test/scenarios/|dataset/src/references/s3-store\\.ts$)" },
      to: { path: "node_modules/(pg|pg-copy-streams|@clickhouse|@aws-sdk|dynalite|ffi-rs)/" },
    },
    {
      name: "duckdb-at-home",
      comment: "DuckDB is opened in one package, with one set of settings: two would compare under two sets of rules.",
      severity: "error",
      from: { path: "^packages/[^/]+/src/", pathNot: "^packages/dataset/src/" },
      to: { path: "node_modules/@duckdb/" },
    },
    {
      name: "one-place-spawns",
      comment: "Only the process package starts programs: each is labelled, measured and ended with all its children.",
      severity: "error",
      from: { path: "^packages/[^/]+/src/", pathNot: ["^packages/process/src/", "host\\.(mjs|ts)$"] },
      to: { path: "^(node:)?child_process$" },
    },
    {
      name: "report-is-pure",
      comment: "A report is a function of its input: the same facts give the same bytes on every machine, at any time.",
      severity: "error",
      from: { path: "^packages/report/src/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "report-needs-only-types",
      comment: "Rendering must not load engines, drivers or DuckDB: it takes the report's types and nothing that runs.",
      severity: "error",
      from: { path: "^packages/report/src/" },
      to: { path: "^packages/rehearsal/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "commander-only-in-cli",
      comment: "The command line is an edge: use cases take typed values.",
      severity: "error",
      from: { path: "^packages/", pathNot: "^packages/cli/" },
      to: { path: "node_modules/commander/" },
    },
    {
      name: "actions-are-edges",
      comment:
        "An action reads its inputs, calls one use case of the github package, and sets its outputs: it knows nothing that lies below.",
      severity: "error",
      from: { path: "^actions/" },
      to: { path: "^packages/", pathNot: "^packages/(github|process|errors)/src/index\\.ts$" },
    },
    {
      name: "toolkit-only-for-github",
      comment: "@actions/* speaks to the runner and to GitHub: everywhere else a rehearsal does not know where it runs.",
      severity: "error",
      from: { path: "^(packages|scripts)/", pathNot: "^packages/github/" },
      to: { path: "node_modules/@(actions|octokit)/" },
    },
    {
      name: "no-undeclared-packages",
      comment: "What is imported is declared in the package's own package.json, or it works only by luck.",
      severity: "error",
      from: { path: "^(packages|fixtures|actions)/([^/]+/(src|service|seeds|oracle|checks)|test)/" },
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown", "unknown"] },
    },
    {
      name: "source-imports-no-test",
      comment: "What ships does not depend on what checks it.",
      severity: "error",
      from: { path: "^packages/[^/]+/src/" },
      to: { path: "^packages/[^/]+/test/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "\\.rehearse/" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"] },
  },
};
