export type { ConfigProblem } from "./config-problem.ts";
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
