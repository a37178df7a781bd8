/**
 * The closed list of failures that Rehearse names, with the exit code each one leads to.
 * Codes are permanent: scripts and documentation refer to them.
 *
 * 2: the user can mend it in the file or the call; 3: the machine, an engine or the network is at fault; 70: our bug.
 */
export const exitCodes = {
  CONFIG_INVALID: 2,
  CONFIG_NOT_FOUND: 2,
  USAGE: 2,
  CODE_NOT_TRUSTED: 2,
  SEED_NOT_FOUND: 2,
  SEED_FAILED: 2,
  QUERY_FAILED: 2,
  DATASET_NOT_FOUND: 2,
  FILE_INVALID: 2,
  REFERENCE_INVALID: 2,
  REFERENCE_MISSING: 2,
  RUN_NOT_FOUND: 2,
  REVISION_NOT_FOUND: 2,
  ENVIRONMENT_NOT_FOUND: 2,
  ENGINE_NOT_AVAILABLE: 3,
  ENGINE_FETCH_FAILED: 3,
  ENGINE_CORRUPT: 3,
  ENGINE_START_FAILED: 3,
  ENGINE_NOT_READY: 3,
  ENGINE_LOST: 3,
  PORT_TAKEN: 3,
  DIRECTORY_NOT_WRITABLE: 3,
  DATASET_UNREADABLE: 3,
  MEMORY_EXHAUSTED: 3,
  STORE_UNAVAILABLE: 3,
  LEDGER_UNREADABLE: 3,
  TEARDOWN_INCOMPLETE: 3,
  PROCESS_NOT_STARTED: 3,
  BUG: 70,
} as const satisfies Record<string, 2 | 3 | 70>;

export type ErrorCode = keyof typeof exitCodes;
