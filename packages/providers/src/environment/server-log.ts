import { join } from "node:path";
import { RehearseError } from "@rehearse/errors";
import { containerLog } from "../docker/container-log.ts";
import { containerName } from "../docker/container-name.ts";
import { requireDockerEngine } from "../docker/docker-engine.ts";
import { engineFailure, isMissing } from "../docker/docker-failure.ts";
import { readLog } from "../embedded/server-process.ts";
import { directoryOf, readLedger } from "../ledger/read-ledger.ts";

/**
 * What the server of a service has written so far, found by its environment's ledger (absolute path); null where the environment has started none.
 * ENGINE_NOT_AVAILABLE where its Docker engine does not answer; ENGINE_LOST where the container is gone.
 */
export async function serverLog({ ledger, service }: { readonly ledger: string; readonly service: string }): Promise<string | null> {
  const content = readLedger(ledger);
  if (content === null || content.header === null) return null;
  const name = containerName(content.header.id, service);
  // One that found its port taken was started again, under another name.
  for (const entry of content.entries.toReversed()) {
    if (entry.state !== "made") continue;
    if (entry.kind === "process" && entry.undo.service === service)
      return readLog(join(directoryOf(content) ?? "", "logs", `${entry.id}.log`));
    if (entry.kind === "container" && entry.undo.name === name) return logOf(entry.undo);
  }
  return null;
}

async function logOf({ socket, name }: { readonly socket: string; readonly name: string }): Promise<string> {
  const { api } = await requireDockerEngine(socket);
  try {
    return await containerLog(api.getContainer(name));
  } catch (error) {
    if (!isMissing(error)) throw engineFailure(error, `The log of the container ${name} could not be read`);
    throw new RehearseError({
      code: "ENGINE_LOST",
      message: `The container ${name} is gone, and its log with it.`,
      hint: "Take the environment down, and up again: rehearse down; rehearse up",
      cause: error,
    });
  }
}
