import type { Scenario } from "@rehearse/config";
import type { Tables } from "@rehearse/dataset";
import type { RunningEnvironment } from "../environment/running-environment.ts";
import type { TableWatch } from "./table-watch.ts";

/** What a program or seed works with. */
export interface ProgramContext {
  readonly scenario: Scenario;
  readonly environment: RunningEnvironment;
  readonly watch: TableWatch;
  /** Aborted on Ctrl-C, and when an engine is lost. */
  readonly signal: AbortSignal;
}

/** What every step of a run works with. */
export interface StepContext extends ProgramContext {
  readonly tables: Tables;
  /** The run's own folder; datasets go below it. */
  readonly runFolder: string;
}
