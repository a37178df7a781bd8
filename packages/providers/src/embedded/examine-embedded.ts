import { existsSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { messageOf, RehearseError } from "@rehearse/errors";
import { runTool } from "@rehearse/process";
import type { Engine } from "@rehearse/services";
import { memoryPlace } from "../environment/memory-place.ts";
import { cacheDirectory } from "./cache-directory.ts";
import { ensureAvailable } from "./ensure-available.ts";
import { freePorts } from "./free-ports.ts";
import { packagesPath } from "./locked-packages.ts";
import { npmCommand } from "./npm-command.ts";
import { ensureOpen, serverOwner } from "./server-owner.ts";

/** An engine that runs as a process of this machine, as far as that can be told without starting it. */
interface ExaminedEngine {
  readonly name: string;
  readonly title: string;
  readonly isCached: boolean;
  /** About how much is downloaded where it is not. */
  readonly megabytes: number;
  /** Why a cached one would not start. */
  readonly fault: RehearseError | null;
}

export interface EmbeddedExamination {
  /** The version of npm, which fetches engines; null where there is none. */
  readonly npm: string | null;
  /** Why no port of 127.0.0.1 can be listened on; null where one can. */
  readonly portFault: string | null;
  readonly engines: readonly ExaminedEngine[];
}

const npmTimeoutMs = 20_000;

/** Looks at what engines need that run as processes of this machine. Nothing is fetched or started. */
export async function examineEmbedded(engines: readonly Engine[]): Promise<EmbeddedExamination> {
  const [npm, portFault, examined] = await Promise.all([npmVersion(), listeningFault(), Promise.all(engines.map(examineEngine))]);
  return { npm, portFault, engines: examined };
}

async function npmVersion(): Promise<string | null> {
  try {
    const { code, stdout } = await runTool({ command: npmCommand(["--version"], tmpdir()), timeoutMs: npmTimeoutMs });
    return code === 0 ? stdout.trim() : null;
  } catch (error) {
    if (error instanceof RehearseError && error.code === "PROCESS_NOT_STARTED") return null;
    throw error;
  }
}

async function listeningFault(): Promise<string | null> {
  try {
    await freePorts(["any"], undefined);
    return null;
  } catch (error) {
    return messageOf(error);
  }
}

async function examineEngine(engine: Engine): Promise<ExaminedEngine> {
  const { name, title, embedded } = engine;
  const sealed = await packagesPath({ name, packages: embedded.packages, cache: cacheDirectory() });
  const isCached = existsSync(sealed);
  const fault = isCached ? faultOf(engine, join(sealed, "files")) : null;
  return { name, title: embedded.title ?? title, isCached, megabytes: embedded.packages.megabytes, fault };
}

/** What a start would find out before it starts anything. */
function faultOf({ embedded, title }: Engine, packages: string): RehearseError | null {
  const ports = Object.fromEntries(embedded.portNames.map((port) => [port, 0]));
  const directory = memoryPlace() ?? realpathSync(tmpdir());
  const plan = embedded.plan({ service: "any", directory, packages, ports, credentials: { user: "", password: "" } });
  const program = plan.server.file;
  try {
    ensureAvailable(title, program);
    const owner = plan.unprivileged ? serverOwner() : undefined;
    if (owner !== undefined) ensureOpen({ program, directory, owner });
    return null;
  } catch (error) {
    if (error instanceof RehearseError) return error;
    throw error;
  }
}
