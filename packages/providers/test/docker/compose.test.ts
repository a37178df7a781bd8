import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";
import { assetPath } from "@rehearse/assets";
import { engineNamed } from "@rehearse/services";
import { expect, test } from "vitest";
import { docker, inspected, withDocker } from "./docker-cli.ts";
import { DockerScratch } from "./docker-scratch.ts";

/** What makes a container the server that it is. */
async function essence(container: string): Promise<unknown> {
  const { Image, Config: config, HostConfig: host, Mounts } = await inspected(container);
  return {
    Image,
    name: config.Image,
    Cmd: config.Cmd,
    Entrypoint: config.Entrypoint,
    Env: config.Env.toSorted(),
    Ulimits: host.Ulimits ?? [],
    Tmpfs: host.Tmpfs ?? {},
    Mounts,
    addresses: Object.fromEntries(
      Object.entries(host.PortBindings).map(([port, bindings]) => [port, bindings.map(({ HostIp: ip }) => ip)]),
    ),
  };
}

for (const [engine, variables] of Object.entries({
  postgres: { POSTGRES_PASSWORD: "secret" },
  clickhouse: { CLICKHOUSE_USER: "rehearse", CLICKHOUSE_PASSWORD: "secret", CLICKHOUSE_DB: "clickhouse" },
  dynamodb: {},
})) {
  test.runIf(withDocker)(`docker compose by hand starts the same ${engine} as the provider, and finds it healthy`, async () => {
    await using scratch = await DockerScratch.make();
    const project = `rehearse-compose-${randomBytes(4).toString("hex")}`;
    const compose = (...args: string[]) =>
      promisify(execFile)(
        "docker",
        ["compose", "--project-name", project, "--file", assetPath(join("compose", `${engine}.yml`)), ...args],
        {
          env: { ...process.env, ...variables },
        },
      );
    await using undo = new AsyncDisposableStack();
    undo.defer(async () => void (await compose("down", "--volumes", "--timeout", "0")));
    const [, server] = await Promise.all([compose("up", "--detach", "--wait"), scratch.start({ engine })]);
    undo.use(server);
    const byHand = await essence(`${project}-${engine}-1`);
    expect(await essence(scratch.container(engine))).toEqual(byHand);
    expect(byHand).toMatchObject({ name: `rehearse/${engine}:test`, Ulimits: [], Mounts: [] });
    // Nobody waits for its health: we asked the server itself, and a check each second costs as long as it runs.
    const { Config: config } = await inspected(scratch.container(engine));
    expect(config.Healthcheck).toEqual({ Test: ["NONE"] });
  });
}

test.runIf(withDocker)("what is changed in a compose file is changed in the provider's container", async () => {
  await using scratch = await DockerScratch.make();
  const composeDirectory = await scratch.changedCompose("postgres.yml", (text) =>
    text
      .replace("    environment:\n", "    environment:\n      PGTZ: Europe/Berlin\n")
      .replace("- /var/lib/postgresql\n", "- /var/lib/postgresql:size=300m\n      - /var/tmp\n")
      .replace("-cshared_buffers=128MB", "-cshared_buffers=64MB"),
  );
  await using server = await scratch.start({ engine: "postgres", composeDirectory });
  expect(await server.session.states()).toEqual([]);
  const { Config: config, HostConfig: host } = await inspected(scratch.container("postgres"));
  expect(config.Env).toContain("PGTZ=Europe/Berlin");
  expect(config.Cmd).toContain("-cshared_buffers=64MB");
  expect(host.Tmpfs).toEqual({ "/var/lib/postgresql": "size=300m", "/var/tmp": "" });
});

test.runIf(withDocker)("the services of every engine are in the folder of compose files, each under its engine's name", async () => {
  for (const name of ["postgres", "clickhouse", "dynamodb"]) {
    const file = assetPath(join("compose", engineNamed(name).container.composeFile));
    expect(await docker("compose", "--file", file, "config", "--services")).toBe(name);
  }
});
