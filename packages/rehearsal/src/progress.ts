/** One thing that a rehearsal did or does, for whoever watches. */
export interface ProgressEvent {
  readonly state: "running" | "done" | "failed";
  /** `up`, a seed, a stage, `check`, `down`. */
  readonly step: string;
  readonly text: string;
  readonly wallMs: number | null;
  readonly maxRssBytes: number | null;
}

/** Told of each step as it begins, goes on and ends; must not throw. */
export type Progress = (event: ProgressEvent) => void;
