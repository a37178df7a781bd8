import type { Engine } from "@rehearse/services";
import { z } from "zod";
import { dockerEngine, type NoDockerEngine } from "./docker-engine.ts";
import { engineFailure } from "./docker-failure.ts";
import { definitionOf } from "./engine-definition.ts";
import { inspectImage } from "./image.ts";

/** What there is of Docker, or why there is none. */
export type DockerExamination =
  | NoDockerEngine
  | {
      /** Absolute. */
      readonly socket: string;
      readonly version: string;
      readonly apiVersion: string;
      /** Its storage driver. */
      readonly storage: string;
      readonly images: readonly { readonly engine: string; readonly name: string; readonly isLocal: boolean }[];
    };

const versionSchema = z.looseObject({ Version: z.string(), ApiVersion: z.string() });
const infoSchema = z.looseObject({ Driver: z.string() });

/** Looks at the Docker engine of this machine, and which of the engines' images it has. Nothing is pulled. */
export async function examineDocker(engines: readonly Engine[]): Promise<DockerExamination> {
  const docker = await dockerEngine();
  if ("missing" in docker) return docker;
  try {
    const [version, info] = await Promise.all([docker.api.version(), docker.api.info()]);
    const images = engines.map(async (engine) => {
      const { image: name } = await definitionOf(engine, {});
      return { engine: engine.name, name, isLocal: (await inspectImage(docker, name)) !== null };
    });
    const { Version, ApiVersion } = versionSchema.parse(version);
    const { Driver } = infoSchema.parse(info);
    return { socket: docker.socket, version: Version, apiVersion: ApiVersion, storage: Driver, images: await Promise.all(images) };
  } catch (error) {
    throw engineFailure(error, "The Docker engine could not be looked at");
  }
}
