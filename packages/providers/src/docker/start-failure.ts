import { RehearseError } from "@rehearse/errors";
import type { Engine } from "@rehearse/services";
import type { Container } from "dockerode";
import type { ServerRequest } from "../provider.ts";
import { lastWords } from "./container-log.ts";
import { engineFailure, engineWords } from "./docker-failure.ts";

/** Why the engine did not start a container that it had made. */
export function notStarted(error: unknown, { title, request }: { readonly title: string; readonly request: ServerRequest }): unknown {
  const { name, port } = request.service;
  if (!/port is already allocated|address already in use/.test(engineWords(error)))
    return engineFailure(error, `The container of ${title} could not be started`);
  return new RehearseError({
    code: "PORT_TAKEN",
    message: `${title} (service "${name}") could not start on 127.0.0.1:${port}: its port is in use.`,
    hint: "Leave `port` out of the service to get a free one, or name another.",
    cause: error,
  });
}

interface NotReady {
  readonly engine: Engine;
  readonly title: string;
  readonly service: string;
  readonly container: Container;
  /** Why nobody waits any longer: an ENGINE_LOST where it ended. */
  readonly cause: unknown;
}

/** What became of a container that was started and does not answer: the engine's own explanation of its log, else the end of that. */
export async function notReady({ engine, title, service, container, cause }: NotReady): Promise<RehearseError> {
  const log = await lastWords(container, 200);
  const explained = engine.explain(log, { service, ports: engine.container.ports });
  if (explained !== null) return explained;
  const ended = cause instanceof RehearseError;
  return new RehearseError({
    code: ended ? "ENGINE_START_FAILED" : "ENGINE_NOT_READY",
    message: `${title} (service "${service}") ${ended ? "ended instead of starting" : "took too long to answer"}.`,
    hint: "What it wrote last may say why.",
    details: log.trim().split("\n").slice(-20).join("\n"),
    cause,
  });
}
