import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { z } from "zod";

type Variables = Readonly<Record<string, string | undefined>>;

/** Where a Docker Engine may answer, or why none is asked. */
export type EngineSocket = { readonly path: string } | { readonly missing: string };

const configSchema = z.looseObject({ currentContext: z.string().optional() });
const contextSchema = z.looseObject({ Endpoints: z.looseObject({ docker: z.looseObject({ Host: z.string() }) }) });

/**
 * The Unix socket that `docker` would use: `DOCKER_HOST`, the current context, then the usual places. Ports of containers are opened on 127.0.0.1 of
 * the engine's machine: an engine on another machine is of no use.
 */
export function engineSocket(variables: Variables = process.env): EngineSocket {
  const host = variables["DOCKER_HOST"];
  const named = host !== undefined && host !== "" ? host : contextHost(variables);
  if (named === null) return usualSocket();
  const path = /^unix:\/\/(\/.*)$/.exec(named)?.[1];
  if (path === undefined) return { missing: `the Docker engine at ${named} is not on this machine` };
  return existsSync(path) ? { path } : { missing: `there is no Docker engine at ${path}` };
}

function usualSocket(): EngineSocket {
  const places = ["/var/run/docker.sock", join(homedir(), ".docker/run/docker.sock")];
  const path = places.find((place) => existsSync(place));
  return path === undefined ? { missing: "no Docker engine runs here" } : { path };
}

/** What the current context of the `docker` command names; null for its default one. */
function contextHost({ DOCKER_CONTEXT, DOCKER_CONFIG }: Variables): string | null {
  const directory = DOCKER_CONFIG ?? join(homedir(), ".docker");
  const context = DOCKER_CONTEXT ?? readJson(join(directory, "config.json"), configSchema)?.currentContext ?? "default";
  if (context === "default" || context === "") return null;
  const folder = createHash("sha256").update(context).digest("hex");
  return readJson(join(directory, "contexts", "meta", folder, "meta.json"), contextSchema)?.Endpoints.docker.Host ?? null;
}

/** Null where there is no such file, or somebody else's idea of it. */
function readJson<T>(file: string, schema: z.ZodType<T>): T | null {
  try {
    return schema.safeParse(JSON.parse(readFileSync(file, "utf8"))).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && "code" in error)) return null;
    throw error;
  }
}
