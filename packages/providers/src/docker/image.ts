import { RehearseError } from "@rehearse/errors";
import type { ImageInspectInfo } from "dockerode";
import { z } from "zod";
import type { DockerEngine } from "./docker-engine.ts";
import { engineFailure, engineWords, isMissing } from "./docker-failure.ts";
import type { LockFile } from "./lock-file.ts";

/** An image as containers are to be made of it. */
export interface Image {
  /** As the compose file or the variable names it. */
  readonly name: string;
  /** What the engine is asked for: the same, or by the digest that was locked. */
  readonly reference: string;
  /** Of the program in it, as far as the image tells. */
  readonly version: string;
}

export interface ImageRequest {
  readonly engine: DockerEngine;
  readonly name: string;
  readonly lock: LockFile;
}

/** The image where the engine has it already, with the digest that is locked; null otherwise. */
export async function localImage({ engine, name, lock }: ImageRequest): Promise<Image | null> {
  const reference = lockedReference(name, lock);
  const info = await inspectImage(engine, reference);
  return info === null ? null : { name, reference, version: versionOf(name, info) };
}

/** The image, pulled where the engine does not have it; records its digest where none is locked. ENGINE_FETCH_FAILED. */
export async function fetchImage(
  request: ImageRequest & { readonly signal: AbortSignal; readonly onProgress: (text: string) => void },
): Promise<Image> {
  const { engine, name, lock, signal, onProgress } = request;
  const reference = lockedReference(name, lock);
  if ((await inspectImage(engine, reference)) === null) {
    onProgress(`Pulling the image ${name}, once`);
    await pull(engine, { name, reference, signal });
  }
  const info = await inspectImage(engine, reference);
  if (info === null) throw notFetched(name, "it was pulled, and is not there all the same");
  const digest = digestOf(name, info);
  if (digest !== undefined && lock.digestOf(name) === undefined) await lock.record(name, digest);
  return { name, reference, version: versionOf(name, info) };
}

/** What the engine knows of an image; null where it does not have it. */
export async function inspectImage({ api }: DockerEngine, reference: string): Promise<ImageInspectInfo | null> {
  try {
    return await api.getImage(reference).inspect();
  } catch (error) {
    if (isMissing(error)) return null;
    throw engineFailure(error, `The image ${reference} could not be looked up`);
  }
}

async function pull(
  { patient }: DockerEngine,
  { name, reference, signal }: { readonly name: string; readonly reference: string; readonly signal: AbortSignal },
): Promise<void> {
  try {
    const stream = await patient.pull(reference, { abortSignal: signal });
    const events = await new Promise<unknown>((resolve, reject) => {
      patient.modem.followProgress(stream, (error, all) => (error === null ? resolve(all) : reject(error)));
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
    const failure = z
      .array(z.looseObject({ error: z.string().optional() }))
      .parse(events)
      .find(({ error }) => error !== undefined);
    // A pull that began well ends badly in its last event.
    if (failure !== undefined) throw new Error(failure.error);
  } catch (error) {
    signal.throwIfAborted();
    throw notFetched(name, engineWords(error), error);
  }
}

function notFetched(name: string, why: string, cause?: unknown): RehearseError {
  return new RehearseError({
    code: "ENGINE_FETCH_FAILED",
    message: `The image ${name} could not be pulled: ${why}.`,
    hint: "Pull it by hand to see more, name another with REHEARSE_IMAGE_<ENGINE>, or run without Docker: --provider embedded.",
    cause,
  });
}

function lockedReference(name: string, lock: LockFile): string {
  const digest = lock.digestOf(name);
  return digest === undefined ? name : `${repositoryOf(name)}@${digest}`;
}

/** Without tag and digest; a port in the registry's name is no tag. */
function repositoryOf(name: string): string {
  return name.replace(/@.*$/, "").replace(/:[^:/]+$/, "");
}

/** The digest by which a registry knows it; an image that was built here has none. */
function digestOf(name: string, { RepoDigests }: ImageInspectInfo): string | undefined {
  const known = (RepoDigests ?? []).find((digest) => shortName(digest.split("@")[0] ?? "") === shortName(repositoryOf(name)));
  return known?.split("@")[1];
}

/** Docker Hub's own images go by several names. */
function shortName(repository: string): string {
  return repository.replace(/^(index\.)?docker\.io\//, "").replace(/^library\//, "");
}

function versionOf(name: string, { Config }: ImageInspectInfo): string {
  const label = Config?.Labels?.["org.opencontainers.image.version"];
  return label !== undefined && label !== "" ? label : (/:([^:/@]+)(@.*)?$/.exec(name)?.[1] ?? "latest");
}
