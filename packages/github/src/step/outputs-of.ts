import type { Report } from "@rehearse/rehearsal";

/** What later steps of the job can use. */
export interface Outputs {
  readonly verdict: string;
  /** Absolute: the folder of the report's files. */
  readonly "report-path": string;
  /** How many checks differ or failed. */
  readonly differences: string;
  /** `stage/dataset` or `stage/assertion`; empty where nothing departs on its own. */
  readonly "first-divergence": string;
}

/** The outputs of a rehearsal that came to a verdict. */
export function outputsOf(report: Report, reportFolder: string): Outputs {
  const { verdict, checks, firstDivergence: first } = report;
  return {
    verdict,
    "report-path": reportFolder,
    differences: String(checks.filter((check) => check.verdict === "different" || check.verdict === "failed").length),
    "first-divergence": first === null ? "" : `${first.stage}/${first.dataset ?? first.assertion ?? ""}`,
  };
}
