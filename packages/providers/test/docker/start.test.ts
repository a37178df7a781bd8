import { once } from "node:events";
import { connect, createServer, type AddressInfo } from "node:net";
import { networkInterfaces } from "node:os";
import type { SeedInput } from "@rehearse/services";
import { expect, test } from "vitest";
import { docker, inspected, withDocker } from "./docker-cli.ts";
import { DockerScratch } from "./docker-scratch.ts";

const scripts: Record<string, SeedInput> = {
  postgres: { kind: "script", name: "seed.sql", text: "create table t (id int primary key); insert into t values (1), (2)" },
  clickhouse: { kind: "script", name: "seed.sql", text: "create table t (id Int32) order by id; insert into t values (1), (2)" },
};

for (const engine of ["postgres", "clickhouse", "dynamodb"]) {
  test.runIf(withDocker)(
    `${engine} answers in a container that is labelled, holds its data in memory and is reached from this machine alone`,
    async () => {
      await using scratch = await DockerScratch.make();
      await using server = await scratch.start({ engine });
      const seed = scripts[engine];
      if (seed !== undefined) await server.session.load(seed);
      expect(await server.session.states()).toMatchObject(seed === undefined ? [] : [{ table: "t", rows: 2 }]);
      expect(server.version).toMatch(engine === "dynamodb" ? /./ : /^\d+\.\d+/);

      const { Config: config, HostConfig: host, Mounts: mounts } = await inspected(scratch.container(engine));
      expect(config.Labels).toMatchObject({ ...scratch.environment.labels, "org.rehearse.service": engine });
      expect(config.Labels["org.rehearse.environment"]).toBe(scratch.environment.id);
      expect(Object.values(host.PortBindings).flatMap((bindings) => bindings.map(({ HostIp: ip }) => ip))).toEqual(
        Object.keys(server.address.ports).map(() => "127.0.0.1"),
      );
      expect(host.Ulimits ?? []).toEqual([]);
      expect(host.Privileged).toBe(false);
      expect(Object.keys(host.Tmpfs ?? {})).toEqual(
        { postgres: ["/var/lib/postgresql"], clickhouse: ["/var/lib/clickhouse"] }[engine] ?? [],
      );
      // A volume that nobody named would outlive the container.
      expect(mounts).toEqual([]);
      for (const port of Object.values(server.address.ports))
        for (const host of ownAddresses()) expect(await answers(host, port), `${host}:${port}`).toBe(host === "127.0.0.1");
    },
  );
}

test.runIf(withDocker)("two environments at once have a network and data of their own, and one outlives the other", async () => {
  await using one = await DockerScratch.make();
  await using stays = await one.start({ engine: "postgres" });
  await stays.session.load({ kind: "script", name: "seed.sql", text: "create table mine ()" });
  {
    await using other = await DockerScratch.make();
    await using goes = await other.start({ engine: "postgres" });
    expect(await goes.session.states()).toEqual([]);
    const networks = await docker("network", "ls", "--format", "{{.Name}}", "--filter", "label=org.rehearse.environment");
    expect(networks.split("\n")).toEqual(expect.arrayContaining([`rehearse-${one.environment.id}`, `rehearse-${other.environment.id}`]));
  }
  expect(await stays.session.states()).toMatchObject([{ table: "mine" }]);
  expect(stays.lost.aborted).toBe(false);
});

test.runIf(withDocker)("a port of the file is used, and refused by name where another has it", async () => {
  await using scratch = await DockerScratch.make();
  await using holder = createServer().listen(0, "127.0.0.1");
  await once(holder, "listening");
  const { port } = holder.address() as AddressInfo;
  await expect(scratch.start({ engine: "dynamodb", port })).rejects.toMatchObject({
    code: "PORT_TAKEN",
    message: expect.stringContaining(`127.0.0.1:${port}`),
  });
  await using another = await DockerScratch.make();
  const free = createServer().listen(0, "127.0.0.1");
  await once(free, "listening");
  const { port: freed } = free.address() as AddressInfo;
  await free[Symbol.asyncDispose]();
  await using server = await another.start({ engine: "dynamodb", port: freed });
  expect(server.address.ports).toEqual({ port: freed });
  expect(await server.session.states()).toEqual([]);
});

test.runIf(withDocker)("a container that ends at once is reported with what it wrote", async () => {
  await using scratch = await DockerScratch.make();
  const composeDirectory = await scratch.changedCompose("dynamodb.yml", (text) => text.replace("-jar, DynamoDBLocal.jar", "-version"));
  await expect(scratch.start({ engine: "dynamodb", composeDirectory })).rejects.toMatchObject({
    code: "ENGINE_START_FAILED",
    details: expect.stringContaining("openjdk version"),
    cause: { code: "ENGINE_LOST", message: expect.stringContaining("exit code 0") },
  });
});

test.runIf(withDocker)("a container that ends while it starts is reported with what it wrote", async () => {
  await using scratch = await DockerScratch.make();
  const composeDirectory = await scratch.changedCompose("postgres.yml", (text) => text.replace("--no-locale", "--no-such-option"));
  await expect(scratch.start({ engine: "postgres", composeDirectory })).rejects.toMatchObject({
    code: "ENGINE_START_FAILED",
    details: expect.stringContaining("no-such-option"),
    cause: { code: "ENGINE_LOST" },
  });
});

test.runIf(withDocker)("a definition that says more than is understood is refused", async () => {
  await using scratch = await DockerScratch.make();
  const more = await scratch.changedCompose("dynamodb.yml", (text) => text.replace("    ports:", "    privileged: true\n    ports:"));
  const refused = { code: "CONFIG_INVALID", got: expect.stringContaining("privileged") };
  await expect(scratch.start({ engine: "dynamodb", composeDirectory: more })).rejects.toMatchObject(refused);
  const variable = await scratch.changedCompose("dynamodb.yml", (text) => text.replace(":-amazon", "-amazon"));
  await expect(scratch.start({ engine: "dynamodb", composeDirectory: variable })).rejects.toMatchObject({
    code: "CONFIG_INVALID",
    got: expect.stringContaining("${REHEARSE_IMAGE_DYNAMODB-amazon"),
  });
});

for (const [how, command, words] of [
  ["killed", ["kill"], "exit code 137"],
  ["removed", ["rm", "--force"], "dynamodb"],
] as const) {
  test.runIf(withDocker)(`a container that is ${how} later is lost`, async () => {
    await using scratch = await DockerScratch.make();
    await using server = await scratch.start({ engine: "dynamodb" });
    expect(server.lost.aborted).toBe(false);
    const lost = once(server.lost, "abort");
    await docker(...command, scratch.container("dynamodb"));
    await lost;
    expect(server.lost.reason).toMatchObject({ code: "ENGINE_LOST", message: expect.stringContaining(words) });
  });
}

test.runIf(withDocker)("an abort ends a start with its reason, and what was made is taken down", async () => {
  await using scratch = await DockerScratch.make();
  const reason = new Error("Ctrl-C");
  const stop = new AbortController();
  const starting = scratch.start({ engine: "postgres", signal: stop.signal });
  setTimeout(() => stop.abort(reason), 300);
  await expect(starting).rejects.toBe(reason);
});

/** Of this machine, IPv4. */
function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((all) =>
    (all ?? []).flatMap(({ family, address }) => (family === "IPv4" ? address : [])),
  );
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2_000 });
    const end = (answer: boolean) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("connect", end(true)).once("error", end(false)).once("timeout", end(false));
  });
}
