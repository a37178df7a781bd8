import type { Scenario } from "@rehearse/config";
import type { Tables } from "@rehearse/dataset";
import type { RunningEnvironment } from "../environment/running-environment.ts";
import type { References } from "../judge/references.ts";
import type { Progress } from "../progress.ts";
import type { TableWatch } from "./table-watch.ts";

/** What a seed works with. */
export interface ProgramContext {
  readonly environment: RunningEnvironment;
  readonly watch: TableWatch;
  /** The file whose seeds they are, and the folder where those are read and their programs run; of the rehearsal of a base they are the head's. */
  readonly seedsOf: Pick<Scenario, "file" | "directory">;
  /** Aborted on Ctrl-C, and when an engine is lost. */
  readonly signal: AbortSignal;
}

/** What every step of a run works with. */
export interface StepContext extends ProgramContext {
  readonly scenario: Scenario;
  readonly tables: Tables;
  /** The run's own folder; datasets go below it. */
  readonly runFolder: string;
  /** What the run will be compared with: loaded in place of stages, and taken for what an engine vouches for. */
  readonly references: References;
  readonly progress: Progress;
}
