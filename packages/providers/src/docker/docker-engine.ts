import { once } from "node:events";
import { messageOf, RehearseError } from "@rehearse/errors";
import type Dockerode from "dockerode";
import { engineSocket } from "./engine-socket.ts";

/** An engine that answers. */
export interface DockerEngine {
  /** Whose requests fail when the engine says nothing for a minute. */
  readonly api: Dockerode;
  /** For what takes as long as it takes: a pull, the end of a container. */
  readonly patient: Dockerode;
  /** Absolute path of its socket. */
  readonly socket: string;
}

/** Where there is none: why, as the middle of a sentence. */
export interface NoDockerEngine {
  readonly missing: string;
}

const answerMs = 5_000;
const requestMs = 60_000;

/** The Docker engine of this machine, asked whether it answers; `socket` names one, else the one that `docker` would use is taken. */
export async function dockerEngine(socket?: string): Promise<DockerEngine | NoDockerEngine> {
  const place = socket === undefined ? engineSocket() : { path: socket };
  if ("missing" in place) return place;
  const late = AbortSignal.timeout(answerMs);
  try {
    await ping(place.path, late);
  } catch (error) {
    return {
      missing: `the Docker engine at ${place.path} does not answer (${late.aborted ? `nothing for ${answerMs / 1000} s` : messageOf(error)})`,
    };
  }
  // Loaded only by those who use containers.
  const { default: Docker } = await import("dockerode");
  // It would read DOCKER_HOST once more, and then ask another engine than the one at this socket.
  const at = { socketPath: place.path, host: undefined, protocol: "http" } as const;
  return { api: new Docker({ ...at, timeout: requestMs }), patient: new Docker({ ...at, timeout: 0 }), socket: place.path };
}

/** Not by the client, which cannot be told to give up: a request without an answer would keep this process from ending. */
async function ping(socketPath: string, signal: AbortSignal): Promise<void> {
  // Loaded only by those who ask an engine: it takes Node a while.
  const { get } = await import("node:http");
  const request = get({ socketPath, path: "/_ping", signal });
  const [response] = await once(request, "response");
  response.resume();
  if (response.statusCode !== 200) throw new Error(`it says ${response.statusCode} ${response.statusMessage}`);
}

/** The same for those who cannot do without. ENGINE_NOT_AVAILABLE. */
export async function requireDockerEngine(socket?: string): Promise<DockerEngine> {
  const engine = await dockerEngine(socket);
  if ("api" in engine) return engine;
  throw new RehearseError({
    code: "ENGINE_NOT_AVAILABLE",
    message: `Containers cannot be used: ${engine.missing}.`,
    hint: "Start Docker, or run without it: --provider embedded. `rehearse doctor` says more.",
  });
}
