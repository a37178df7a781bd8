import { readFile } from "node:fs/promises";
import { assetPath } from "@rehearse/assets";
import type { Provenance } from "@rehearse/dataset";
import { z } from "zod";
import type { Run } from "../model/run.ts";

/** Where the datasets of a run came from, for the references that they become. */
export async function provenanceOf(run: Run): Promise<Provenance> {
  const manifest: unknown = JSON.parse(await readFile(assetPath("packages/cli/package.json"), "utf8"));
  return {
    run: run.id,
    startedAt: run.startedAt,
    tool: z.looseObject({ version: z.string() }).parse(manifest).version,
    commit: run.commit,
    engines: run.provider.engines.map(({ service, title, version }) => ({ service, title, version })),
    seeds: run.steps.filter((step) => step.kind === "seed").map(({ name, digest }) => ({ name, digest })),
  };
}
