import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { EngineSession, HeldStates } from "../engine.ts";
import type { Entrance } from "./entrance.ts";
import { extract } from "./extract.ts";
import { load } from "./load.ts";
import manifest from "./packages/package.json" with { type: "json" };
import { restore } from "./restore.ts";
import { holdStates, hostSettled, watchedStates } from "./states.ts";

type Watching = Pick<EngineSession, "settle" | "states" | "holdStates">;

/** Our host tells. */
function watchingHost(endpoint: string): Watching {
  const hold = (): Promise<HeldStates> => holdStates(endpoint);
  return { settle: () => hostSettled(endpoint), states: async () => (await hold()).states, holdStates: hold };
}

/** Of another server the entrance sees what it is asked. */
function watchingEntrance(client: DynamoDBClient, entrance: Entrance): Watching {
  return { settle: () => entrance.settled(), states: watchedStates(client, entrance) };
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
    ...(entrance === null ? watchingHost(endpoint) : watchingEntrance(client, entrance)),
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
