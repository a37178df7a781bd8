import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string().optional(),
  /** How older packages say it. */
  licenses: z.array(z.object({ type: z.string() })).default([]),
});

/** The name, version and license of each package that these modules (absolute paths) are from, ours left out, with the license's text where it has one. */
export async function licensesOf(modules: readonly string[]): Promise<string> {
  const folders = new Set(modules.flatMap((module) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(module)?.[0] ?? []));
  const licenses = await Promise.all([...folders].map(licenseOf));
  return [...new Set(licenses)].toSorted().join("\n\n");
}

/** Throws where a package does not say under which license it is. */
async function licenseOf(folder: string): Promise<string> {
  const manifest = manifestSchema.parse(JSON.parse(await readFile(path.join(folder, "package.json"), "utf8")));
  const { name, version, license = manifest.licenses.map(({ type }) => type).join(" OR ") } = manifest;
  if (license === "") throw new Error(`${name} does not say under which license it is`);
  const files = (await readdir(folder)).filter((file) => /^(?:licen[cs]e|copying)/i.test(file)).toSorted();
  const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), "utf8")));
  return [`${name} ${version}`, license, ...texts.map((text) => text.trim())].join("\n");
}
