export { ConfigError } from "./config-error.ts";
export { diffRuleProblem, type DiffRuleFault } from "./diff-rule-problem.ts";
export { renderProblem, type ConfigProblem } from "./config-problem.ts";
export type { ScenarioSource } from "./inspect.ts";
export { orderSteps, type Ordering } from "./order.ts";
export { parseScenario } from "./parse-scenario.ts";
export { readScenario } from "./read-scenario.ts";
export { readScenarioName } from "./read-scenario-name.ts";
export type {
  AssertionConfig,
  ColumnConfig,
  ColumnRulesConfig,
  DatasetConfig,
  DifferenceKind,
  EngineFacts,
  ExpectedCell,
  ExpectedConfig,
  ExpectedJson,
  FilesAssertion,
  HttpAssertion,
  OrphansAssertion,
  Position,
  Program,
  QueryAssertion,
  QueryClaim,
  Range,
  ReadConfig,
  RulePosition,
  ReferencesConfig,
  Scenario,
  SeedConfig,
  ServiceConfig,
  StageConfig,
  Step,
  Template,
} from "./scenario.ts";
export { keyFacts, type KeyFact } from "./schema/key-facts.ts";
export { renderSchema, schemaJson } from "./schema/render-schema.ts";
