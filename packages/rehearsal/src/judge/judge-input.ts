import type { Scenario } from "@rehearse/config";
import type { Dataset, Tables } from "@rehearse/dataset";
import type { Report } from "../model/report.ts";
import type { Run } from "../model/run.ts";
import type { References } from "./references.ts";

/** All that a report is made of. */
export interface JudgeInput {
  readonly scenario: Scenario;
  readonly run: Run;
  /** Opens a dataset of the run by its directory, as the run's facts name it. */
  readonly openDataset: (directory: string) => Promise<Dataset>;
  readonly references: References;
  /** The same made once more: what differs between the two differs by itself. Null where nobody asked for it. */
  readonly again: References | null;
  /** The facts of the run that made the references; null where they are stored. */
  readonly compared: Pick<Run, "steps"> | null;
  readonly tables: Tables;
  /** The day, in UTC, as `2027-01-31`: expected differences expire. */
  readonly today: string;
  readonly next: Report["next"];
}
