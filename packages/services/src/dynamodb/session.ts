import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { EngineSession, HeldStates } from "../engine.ts";
import type { Entrance } from "./entrance.ts";
import { extract } from "./extract.ts";
import { load } from "./load.ts";
import manifest from "./packages/package.json" with { type: "json" };
import { restore } from "./restore.ts";
import { holdStates, watchedStates } from "./states.ts";

/** Our host tells them. */
function toldStates(endpoint: string): Pick<EngineSession, "states" | "holdStates"> {
  const hold = (): Promise<HeldStates> => holdStates(endpoint);
  return { states: async () => (await hold()).states, holdStates: hold };
}

/** The port of an engine over a client of that endpoint, which it closes. To another server than our host it goes through an entrance, which it closes, too. */
export function openSession(
  client: DynamoDBClient,
  { endpoint, entrance }: { readonly endpoint: string; readonly entrance: Entrance | null },
): EngineSession {
  return {
    // No server tells; ours is the one that the packages pin.
    version: entrance === null ? manifest.dependencies.dynalite : null,
    entrance: entrance?.address,
    load: (seed) => load(client, seed),
    // Our host waits by itself before it tells its states.
    settle: async () => entrance?.settled(),
    ...(entrance === null ? toldStates(endpoint) : { states: watchedStates(client, entrance) }),
    extract: (source, file) => extract(client, source, file),
    // A scan sees each page as it is when its turn comes: no server holds a state of all of them.
    snapshot: async () => ({
      extract: (source, file) => extract(client, source, file),
      // It computes nothing over rows: every item would have to be read.
      digest: async () => null,
      [Symbol.asyncDispose]: async () => undefined,
    }),
    restore: (table, restoration) => restore(client, table, restoration),
    async [Symbol.asyncDispose]() {
      client.destroy();
      await entrance?.[Symbol.asyncDispose]();
    },
  };
}
