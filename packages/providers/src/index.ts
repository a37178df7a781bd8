export { cacheDirectory } from "./embedded/cache-directory.ts";
export { startEmbedded, type EmbeddedStart, type RunningServer } from "./embedded/start-embedded.ts";
export { createEnvironment, type Environment, type EnvironmentRequest } from "./environment/create-environment.ts";
export { listEnvironment, listEnvironments, type ListedEnvironment } from "./environment/list-environments.ts";
export { type StaleTeardown, takeDownStale } from "./environment/take-down-stale.ts";
export { takeDown } from "./environment/take-down.ts";
export type { Teardown } from "./environment/teardown.ts";
export { Ledger } from "./ledger/ledger.ts";
export { ledgerFile, stateDirectory } from "./ledger/state-directory.ts";
