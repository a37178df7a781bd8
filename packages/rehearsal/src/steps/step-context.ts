import type { Scenario } from "@rehearse/config";
import type { Tables } from "@rehearse/dataset";
import type { RunningEnvironment } from "../environment/running-environment.ts";
import type { TableWatch } from "./table-watch.ts";

/** What every step of a run works with. */
export interface StepContext {
  readonly scenario: Scenario;
  readonly environment: RunningEnvironment;
  readonly tables: Tables;
  readonly watch: TableWatch;
  /** The run's own folder; datasets go below it. */
  readonly runFolder: string;
  /** Aborted on Ctrl-C, and when an engine is lost. */
  readonly signal: AbortSignal;
}
