/** What marks every process of an environment, in its environment variables, so that it can be found whatever became of its parent. */
export interface ProcessLabel {
  /** The environment's id. */
  readonly environment: string;
  /** Absolute path of the ledger that knows of this environment. A labelled process whose ledger is gone is an orphan. */
  readonly ledger: string;
  /** The step it was started for; engines have none. */
  readonly step?: string | undefined;
  /** The service it is the server of; steps have none. */
  readonly service?: string | undefined;
}

/** What a process's environment variables say of it. Only the environment is certain: anyone may have set the others, or not. */
export interface FoundLabel {
  readonly environment: string;
  readonly ledger: string | null;
  readonly step: string | null;
  readonly service: string | null;
}

/** The label as environment variables. */
export function labelVariables(label: ProcessLabel): Record<string, string> {
  return {
    REHEARSE_ENVIRONMENT: label.environment,
    REHEARSE_LEDGER: label.ledger,
    ...(label.step === undefined ? {} : { REHEARSE_STEP: label.step }),
    ...(label.service === undefined ? {} : { REHEARSE_SERVICE: label.service }),
  };
}

/** The label among a process's variables, or null where it carries none. */
export function labelOf(variables: ReadonlyMap<string, string>): FoundLabel | null {
  const environment = variables.get("REHEARSE_ENVIRONMENT");
  if (environment === undefined) return null;
  return {
    environment,
    ledger: variables.get("REHEARSE_LEDGER") ?? null,
    step: variables.get("REHEARSE_STEP") ?? null,
    service: variables.get("REHEARSE_SERVICE") ?? null,
  };
}
