export type {
  ConnectionValues,
  ContainerRecipe,
  Credentials,
  DatasetSource,
  EmbeddedPlan,
  EmbeddedRecipe,
  EmbeddedRequest,
  Engine,
  EngineClient,
  EngineCommand,
  EnginePackages,
  EngineSession,
  SeedInput,
  ServerAddress,
  TableState,
} from "./engine.ts";
export { engineNamed, engines } from "./registry.ts";
