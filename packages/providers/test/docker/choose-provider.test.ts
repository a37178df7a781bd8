import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { withDocker } from "./docker-cli.ts";
import { DockerScratch } from "./docker-scratch.ts";

const socketIn = (scratch: DockerScratch): string => join(scratch.directory, "docker.sock");

/** Something that listens where the engine should. */
async function listening(path: string, server: Server): Promise<Server> {
  server.listen(path);
  await once(server, "listening");
  return server;
}

const cases: readonly { readonly title: string; readonly host: (socket: string) => string; readonly reason: RegExp }[] = [
  { title: "there is no socket", host: (socket) => `unix://${socket}`, reason: /^there is no Docker engine at .*docker\.sock$/ },
  {
    title: "the engine is on another machine",
    host: () => "tcp://10.0.0.1:2375",
    reason: /tcp:\/\/10\.0\.0\.1:2375 is not on this machine/,
  },
];

for (const { title, host, reason } of cases) {
  test(`where ${title}, auto runs embedded and says so, and Docker is not available`, async () => {
    await using scratch = await DockerScratch.make();
    process.env["DOCKER_HOST"] = host(socketIn(scratch));
    const chosen = await scratch.choose("auto", "postgres");
    expect(chosen).toMatchObject({ name: "embedded", reason: expect.stringMatching(reason) });
    await expect(scratch.choose("docker", "postgres")).rejects.toMatchObject({
      code: "ENGINE_NOT_AVAILABLE",
      exitCode: 3,
      message: expect.stringMatching(chosen.reason.slice(0, 20)),
    });
  });
}

test("the context that the docker command uses says where the engine is", async () => {
  await using scratch = await DockerScratch.make();
  delete process.env["DOCKER_HOST"];
  process.env["DOCKER_CONFIG"] = scratch.directory;
  await writeFile(join(scratch.directory, "config.json"), '{"currentContext": "away"}');
  // The folder's name is the SHA-256 of the context's.
  const folder = join(scratch.directory, "contexts", "meta", "378ce56a9d146d5174c89d1c0353d7f8e2244e89bb83935a5b1bdcf5e74b4e7f");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "meta.json"), '{"Name": "away", "Endpoints": {"docker": {"Host": "ssh://far.away"}}}');
  const chosen = await scratch.choose("auto", "postgres");
  expect(chosen).toMatchObject({ name: "embedded", reason: "the Docker engine at ssh://far.away is not on this machine" });
});

test("an engine that is dead, or takes a call and says nothing, is no engine", async () => {
  await using scratch = await DockerScratch.make();
  process.env["DOCKER_HOST"] = `unix://${socketIn(scratch)}`;
  {
    await using _silent = await listening(
      socketIn(scratch),
      createServer((socket) => socket.resume()),
    );
    const began = performance.now();
    expect(await scratch.choose("auto", "postgres")).toMatchObject({
      name: "embedded",
      reason: expect.stringContaining("nothing for 5 s"),
    });
    expect(performance.now() - began).toBeLessThan(8_000);
  }
  await writeFile(socketIn(scratch), "");
  expect(await scratch.choose("auto", "postgres")).toMatchObject({ name: "embedded", reason: expect.stringContaining("does not answer") });
});

test.runIf(withDocker)("auto takes Docker where it has every image, and says so", async () => {
  await using scratch = await DockerScratch.make();
  const chosen = await scratch.choose("auto", "postgres", "clickhouse", "dynamodb");
  expect(chosen).toMatchObject({ name: "docker", reason: "Docker answers and has every image" });
});

test.runIf(withDocker)("auto runs embedded where Docker lacks an image, and names it: nothing is pulled", async () => {
  await using scratch = await DockerScratch.make();
  process.env["REHEARSE_IMAGE_CLICKHOUSE"] = "127.0.0.1:9/nowhere:1";
  const chosen = await scratch.choose("auto", "postgres", "clickhouse");
  expect(chosen).toMatchObject({ name: "embedded", reason: "Docker does not have the image 127.0.0.1:9/nowhere:1" });
});

test.runIf(withDocker)("an image that is not there and cannot be pulled is told within seconds, with what to do", async () => {
  await using scratch = await DockerScratch.make();
  process.env["REHEARSE_IMAGE_DYNAMODB"] = "127.0.0.1:9/nowhere:1";
  const began = performance.now();
  await expect(scratch.start({ engine: "dynamodb" })).rejects.toMatchObject({
    code: "ENGINE_FETCH_FAILED",
    message: expect.stringMatching(/^The image 127\.0\.0\.1:9\/nowhere:1 could not be pulled: .*connection refused/),
    hint: expect.stringContaining("REHEARSE_IMAGE_"),
  });
  expect(performance.now() - began).toBeLessThan(10_000);
});
