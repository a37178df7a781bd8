import { createHash } from "node:crypto";
import { chown, mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { RehearseError } from "@rehearse/errors";
import { runTool, type ProcessOwner } from "@rehearse/process";
import type { EmbeddedPlan, Engine, EngineCommand } from "@rehearse/services";
import { sealedDirectory } from "./sealed-directory.ts";

export interface TemplateRequest {
  readonly engine: Engine;
  readonly template: NonNullable<EmbeddedPlan["template"]>;
  /** Where the engine's packages are: another version of them makes another template. */
  readonly packages: string;
  readonly cache: string;
  readonly owner: ProcessOwner | undefined;
  readonly signal: AbortSignal;
}

const timeoutMs = 2 * 60 * 1000;
// The only folder in the template, so that its owner and mode are kept, too.
const content = "content";

/** A directory of the cache to copy, made once for each version of the engine and user. */
export async function templateDirectory({ engine, template, packages, cache, owner, signal }: TemplateRequest): Promise<string> {
  const made = JSON.stringify([basename(join(packages, "..")), template.key, template.make.args, template.make.env, owner?.uid]);
  const digest = createHash("sha256").update(made).digest("hex").slice(0, 16);
  const files = await sealedDirectory({
    path: join(cache, "templates", `${engine.name}-${template.key}-${digest}`),
    make: async (directory) => {
      const into = join(directory, content);
      await mkdir(into);
      if (owner !== undefined) await chown(into, owner.uid, owner.gid);
      await run({ engine, command: template.make, owner, signal }, into);
    },
  });
  return join(files, content);
}

interface Run {
  readonly engine: Engine;
  readonly command: EngineCommand;
  readonly owner: ProcessOwner | undefined;
  readonly signal: AbortSignal;
}

async function run({ engine, command, owner, signal }: Run, directory: string): Promise<void> {
  const { file, args, env } = command;
  const result = await runTool({ command: { file, args: [...args, directory], env, cwd: "/" }, timeoutMs, signal, owner });
  if (result.code === 0) return;
  const log = `${result.stdout}${result.stderr}`;
  const explained = engine.explain(log, { service: engine.name, ports: {} });
  if (explained !== null) throw explained;
  throw new RehearseError({
    code: "ENGINE_START_FAILED",
    message: `${engine.title} could not make its data directory: ${basename(file)} ${result.timedOut ? "did not end in time" : `ended with ${result.code ?? result.signal}`}.`,
    hint: "What it wrote says why.",
    details: log.trim().split("\n").slice(-20).join("\n"),
  });
}
