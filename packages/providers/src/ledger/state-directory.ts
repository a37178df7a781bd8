import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Where Rehearse keeps its state, absolute: `REHEARSE_STATE`; in CI the runner's temporary directory, which ends with the job; else the user's
 * state directory.
 */
export function stateDirectory(variables: Variables = process.env): string {
  const { REHEARSE_STATE: own, CI: ci, RUNNER_TEMP: runner, XDG_STATE_HOME: xdg } = variables;
  if (own !== undefined && own !== "") return resolve(own);
  if (ci === "true" && runner !== undefined && runner !== "") return join(resolve(runner), "rehearse");
  if (xdg !== undefined && isAbsolute(xdg)) return join(xdg, "rehearse");
  return join(homedir(), ".local", "state", "rehearse");
}

/** The directory of the ledgers. */
export const ledgerDirectory = (variables?: Variables): string => join(stateDirectory(variables), "environments");

/** The ledger of the environment with this id. */
export const ledgerFile = (id: string, variables?: Variables): string => join(ledgerDirectory(variables), `${id}.ndjson`);
