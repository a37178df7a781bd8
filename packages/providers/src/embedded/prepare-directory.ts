import { chown, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { notWritable, runTool, type ProcessOwner } from "@rehearse/process";
import type { EmbeddedPlan } from "@rehearse/services";

export interface Preparation {
  readonly plan: EmbeddedPlan;
  readonly directory: string;
  /** The directory to copy to where the plan's template goes. */
  readonly template: string | undefined;
  readonly owner: ProcessOwner | undefined;
  readonly signal: AbortSignal;
}

const copyTimeoutMs = 2 * 60 * 1000;

/** Makes a server's directory as the plan says. Everything in it belongs to whom the server runs as, and nobody else may enter. */
export async function prepareDirectory({ plan, directory, template, owner, signal }: Preparation): Promise<void> {
  const own = async (path: string): Promise<void> => {
    if (owner !== undefined) await chown(path, owner.uid, owner.gid);
  };
  const make = async (path: string): Promise<void> => {
    await mkdir(path, { mode: 0o700 });
    await own(path);
  };
  try {
    await make(directory);
    for (const name of plan.directories) await make(join(directory, name));
    for (const [name, content] of Object.entries(plan.files)) {
      await writeFile(join(directory, name), content, { mode: 0o600 });
      await own(join(directory, name));
    }
  } catch (error) {
    throw notWritable(directory, error);
  }
  if (plan.template !== undefined && template !== undefined) {
    const into = join(directory, plan.template.into);
    // cp keeps owners, modes and links, and shares blocks where the file system can.
    const env = { PATH: process.env["PATH"] ?? "/usr/bin:/bin" };
    const result = await runTool({
      command: { file: "cp", args: ["-a", template, into], env, cwd: dirname(into) },
      timeoutMs: copyTimeoutMs,
      signal,
    });
    if (result.code !== 0) throw notWritable(into, new Error(result.stderr.trim()));
  }
}
