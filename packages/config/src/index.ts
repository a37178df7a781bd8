export { ConfigError } from "./config-error.ts";
export { renderProblem, type ConfigProblem } from "./config-problem.ts";
export type { ScenarioSource } from "./inspect.ts";
export { orderSteps, type Ordering } from "./order.ts";
export { parseScenario } from "./parse-scenario.ts";
export { readScenario } from "./read-scenario.ts";
export { readScenarioName } from "./read-scenario-name.ts";
export type {
  AssertionConfig,
  DatasetConfig,
  EngineFacts,
  ExpectedCell,
  Position,
  Program,
  ReadConfig,
  Scenario,
  SeedConfig,
  ServiceConfig,
  StageConfig,
  Step,
  Template,
} from "./scenario.ts";
export { renderSchema, schemaJson } from "./schema/render-schema.ts";
