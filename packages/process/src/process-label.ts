/** What marks every process of an environment, in its environment variables, so that it can be found whatever became of its parent. */
export interface ProcessLabel {
  /** The environment's id. */
  readonly environment: string;
  /** Absolute path of the ledger that knows of this environment. A labelled process whose ledger is gone is an orphan. */
  readonly ledger: string;
  /** The step it was started for; engines have none. */
  readonly step?: string | undefined;
}

/** The label as environment variables. */
export function labelVariables(label: ProcessLabel): Record<string, string> {
  return {
    REHEARSE_ENVIRONMENT: label.environment,
    REHEARSE_LEDGER: label.ledger,
    ...(label.step === undefined ? {} : { REHEARSE_STEP: label.step }),
  };
}
