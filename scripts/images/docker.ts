import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { text } from "node:stream/consumers";
import type { Inputs, TestImage } from "./test-images.ts";

const label = "org.rehearse.test-image";

/** The digest of what the image of that name was built of, or null where there is none. */
export async function inputsOf({ name }: TestImage): Promise<string | null> {
  const { code, stdout } = await docker(["image", "inspect", "--format", `{{index .Config.Labels "${label}"}}`, `rehearse/${name}:test`]);
  return code === 0 ? stdout.trim() : null;
}

/** Builds an image. Its inputs are sent to Docker as they are read, never copied: the largest has half a gigabyte. */
export async function buildImage({ name, folder, inputs }: TestImage, digest: string): Promise<void> {
  const made = await mkdtemp(path.join(os.tmpdir(), "rehearse-image-"));
  try {
    const prepare = path.join(folder, "prepare.sh");
    if (existsSync(prepare)) execFileSync(prepare, [made], { stdio: "inherit" });
    const context = [{ directory: folder, files: ["."] }, { directory: made, files: ["."] }, ...inputs];
    const { code, stderr } = await docker(
      ["build", "--quiet", "--label", `${label}=${digest}`, "--tag", `rehearse/${name}:test`, "-"],
      context,
    );
    if (code !== 0) throw new Error(`docker build of rehearse/${name}:test ended with ${code}:\n${stderr}`);
  } finally {
    await rm(made, { recursive: true });
  }
}

/** Removes the images that lost their name to a newer build. */
export async function removeReplaced(): Promise<void> {
  const { code, stderr } = await docker(["image", "prune", "--force", "--filter", `label=${label}`]);
  if (code !== 0) throw new Error(`docker image prune ended with ${code}:\n${stderr}`);
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the Docker client, its input being a tar archive of `context`. */
async function docker(args: readonly string[], context: readonly Inputs[] = []): Promise<Ended> {
  const child = spawn("docker", args, { stdio: ["pipe", "pipe", "pipe"] });
  const ended = once(child, "close");
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  if (context.length === 0) child.stdin.end();
  else {
    const members = context.flatMap(({ directory, files }) => ["--directory", directory, ...files]);
    const tar = spawn("tar", ["--create", "--owner=0", "--group=0", "--numeric-owner", ...members], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    // A client that fails closes its input: what it says is the error to show.
    await pipeline(tar.stdout, child.stdin).catch(() => tar.kill());
  }
  const [[code], [stdout, stderr]] = await Promise.all([ended, output]);
  return { code: typeof code === "number" ? code : null, stdout, stderr };
}
