import type { Dataset, EngineDigest } from "@rehearse/dataset";
import type { Check } from "../model/report.ts";

/** Why something was not compared, and what to do about it. */
export type Why = Pick<Check, "reason" | "hint">;

/** The side that a run is compared with. */
export interface References {
  /** The reference of a dataset, or null where there is none. */
  read(stage: string, dataset: string): Promise<Dataset | null>;
  /** What an engine's digest of a table must be for the reference to stand for it; null where it must not, or cannot. */
  engineDigest(stage: string, dataset: string): Promise<EngineDigest | null>;
  /** Why there is none. */
  missing(stage: string, dataset: string): Why;
  /** The digests of each stage's reads when the references were made. */
  reads(): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>>;
  /** All that there are, whether or not a stage still writes it. */
  list(): Promise<readonly { readonly stage: string; readonly dataset: string }[]>;
  /** What to say of one that no stage writes any more. */
  readonly obsolete: Why;
}
