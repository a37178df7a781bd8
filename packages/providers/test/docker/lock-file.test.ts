import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { docker, inspected, withDocker } from "./docker-cli.ts";
import { DockerScratch } from "./docker-scratch.ts";
import { removeImages, startRegistry } from "./registry.ts";

/** Gives an image a name at a registry; resolves to the digest by which it is known there from now on. */
async function push(image: string, name: string): Promise<string> {
  await docker("tag", image, name);
  const said = await docker("push", name);
  return /digest: (sha256:[0-9a-f]{64})/.exec(said)?.[1] ?? said;
}

test.runIf(withDocker)(
  "the digest of an image is written to rehearse.lock, and is what runs when its tag has moved or it must be pulled again",
  async () => {
    await using registry = await startRegistry();
    const name = `${registry.host}/rehearse/dynamodb:1`;
    const digest = await push("rehearse/dynamodb:test", name);
    const original = await docker("image", "inspect", "--format", "{{.Id}}", name);
    await removeImages(registry.host);
    await using scratch = await DockerScratch.make();
    process.env["REHEARSE_IMAGE_DYNAMODB"] = name;
    const lock = join(scratch.directory, "rehearse.lock");
    {
      await using server = await scratch.start({ engine: "dynamodb" });
      expect(await server.session.states()).toEqual([]);
      expect(JSON.parse(await readFile(lock, "utf8"))).toEqual({ version: 1, images: { [name]: digest } });
    }

    const moved = execFileSync("docker", ["build", "--quiet", "--label", "moved=yes", "-"], {
      input: "FROM rehearse/dynamodb:test",
      stdio: "pipe",
    });
    expect(await push(moved.toString().trim(), name)).not.toBe(digest);
    await using after = await DockerScratch.make();
    await writeFile(join(after.directory, "rehearse.lock"), await readFile(lock));
    {
      await using server = await after.start({ engine: "dynamodb" });
      expect(await server.session.states()).toEqual([]);
      expect((await inspected(after.container("dynamodb"))).Image).toBe(original);
    }

    await using anew = await DockerScratch.make();
    await writeFile(join(anew.directory, "rehearse.lock"), await readFile(lock));
    for (const used of [scratch, after]) await docker("rm", "--force", used.container("dynamodb"));
    await removeImages(registry.host);
    // The engine has an image of that name, but none that it knows by the digest.
    await docker("tag", "rehearse/dynamodb:test", name);
    expect(await anew.choose("auto", "dynamodb")).toMatchObject({ name: "embedded", reason: `Docker does not have the image ${name}` });
    {
      await using server = await anew.start({ engine: "dynamodb" });
      expect(await server.session.states()).toEqual([]);
      expect((await inspected(anew.container("dynamodb"))).Image).toBe(original);
    }
    expect(JSON.parse(await readFile(join(anew.directory, "rehearse.lock"), "utf8"))).toEqual({ version: 1, images: { [name]: digest } });
    expect(await anew.choose("auto", "dynamodb")).toMatchObject({ name: "docker" });
    await docker("rm", "--force", anew.container("dynamodb"));
    // An image of 145 MB is packed and unpacked.
  },
  180_000,
);

test.runIf(withDocker)("an image that was built here has no digest, and nothing is locked", async () => {
  await using scratch = await DockerScratch.make();
  await using _server = await scratch.start({ engine: "dynamodb" });
  await expect(readFile(join(scratch.directory, "rehearse.lock"))).rejects.toMatchObject({ code: "ENOENT" });
});

for (const [title, content] of [
  ["torn", '{"version": 1, "ima'],
  ["of another version", '{"version": 2, "images": {}}'],
  ["with a digest that is none", '{"version": 1, "images": {"postgres:18.4": "latest"}}'],
] as const) {
  test.runIf(withDocker)(`a lock file that is ${title} is refused, also where Docker is only one of the choices`, async () => {
    await using scratch = await DockerScratch.make();
    await writeFile(join(scratch.directory, "rehearse.lock"), content);
    for (const wanted of ["docker", "auto"] as const)
      await expect(scratch.choose(wanted, "postgres")).rejects.toMatchObject({
        code: "CONFIG_INVALID",
        message: expect.stringContaining("rehearse.lock"),
      });
  });
}
