import { once } from "node:events";
import { statSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer, type AddressInfo, type Server } from "node:net";
import { engineNamed, type EmbeddedPlan, type EmbeddedRequest, type Engine } from "@rehearse/services";
import { expect, test } from "vitest";
import { Scratch } from "./scratch.ts";

const dynamodb = engineNamed("dynamodb");

/** A real engine whose plan is another one. */
function withPlan(engine: Engine, change: (plan: EmbeddedPlan, request: EmbeddedRequest) => EmbeddedPlan): Engine {
  return { ...engine, embedded: { ...engine.embedded, plan: (request) => change(engine.embedded.plan(request), request) } };
}

/** An engine whose server is a line of shell. */
const shell = (line: string): Engine =>
  withPlan(dynamodb, (plan) => ({ ...plan, server: { file: "/bin/sh", args: ["-c", line], env: {} } }));

/** A server that takes what it is sent, and never answers. */
const silent = (): Server => createServer((socket) => socket.on("error", () => undefined).resume());

async function listening(server: Server, port = 0): Promise<Server> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return server;
}

test("a port of the file that is taken is refused, with the process that has it", async () => {
  await using scratch = await Scratch.make();
  await using other = await listening(createServer());
  const { port } = other.address() as AddressInfo;
  await expect(scratch.start(dynamodb, { name: "identities", port })).rejects.toMatchObject({
    code: "PORT_TAKEN",
    message: expect.stringContaining(process.platform === "linux" ? `(pid ${process.pid})` : String(port)),
  });
});

test("a port of the file that is free is used", async () => {
  await using scratch = await Scratch.make();
  const other = await listening(createServer());
  const { port } = other.address() as AddressInfo;
  await other[Symbol.asyncDispose]();
  await using server = await scratch.start(dynamodb, { name: "identities", port });
  expect(server.address.ports).toEqual({ port });
});

test("when a chosen port is taken in between, others are chosen", async () => {
  await using scratch = await Scratch.make();
  await using undo = new AsyncDisposableStack();
  const ports: (number | undefined)[] = [];
  const engine = withPlan(dynamodb, (plan, request) => {
    ports.push(request.ports["port"]);
    if (ports.length === 1) undo.use(silent().listen(ports[0], "127.0.0.1"));
    return plan;
  });
  await using server = await scratch.start(engine, { name: "identities" });
  expect(await server.session.states()).toEqual([]);
  expect(ports).toHaveLength(2);
  expect(server.address.ports).toEqual({ port: ports[1] });
});

test("a port that is taken in between each time is given up on after three times; one of the file at once", async () => {
  await using scratch = await Scratch.make();
  await using undo = new AsyncDisposableStack();
  let tries = 0;
  const engine = withPlan(dynamodb, (plan, request) => {
    tries += 1;
    undo.use(silent().listen(request.ports["port"], "127.0.0.1"));
    return plan;
  });
  await expect(scratch.start(engine, { name: "unlucky" })).rejects.toMatchObject({ code: "PORT_TAKEN" });
  expect(tries).toBe(3);
  const other = await listening(createServer());
  const { port } = other.address() as AddressInfo;
  await other[Symbol.asyncDispose]();
  await expect(scratch.start(engine, { name: "fixed", port })).rejects.toMatchObject({ code: "PORT_TAKEN" });
  expect(tries).toBe(4);
});

test("another server that answers in place of ours is not taken for it", async () => {
  await using scratch = await Scratch.make();
  const stranger = createHttpServer((_, response) =>
    response.setHeader("content-type", "application/x-amz-json-1.0").end('{"TableNames":[]}'),
  );
  await using undo = new AsyncDisposableStack();
  undo.defer(() => void stranger.close());
  undo.defer(() => stranger.closeAllConnections());
  let first = true;
  const engine = withPlan(dynamodb, (plan, request) => {
    if (!first) return plan;
    first = false;
    stranger.listen(request.ports["port"], "127.0.0.1");
    return { ...plan, server: { file: "/bin/sleep", args: ["60"], env: {} } };
  });
  await using server = await scratch.start(engine, { name: "identities" });
  expect(server.address.ports["port"]).not.toBe((stranger.address() as AddressInfo).port);
});

test("a server that ends instead of starting is reported with what it wrote", async () => {
  await using scratch = await Scratch.make();
  await expect(scratch.start(shell("echo out of luck >&2; exit 3"), { name: "identities" })).rejects.toMatchObject({
    code: "ENGINE_START_FAILED",
    details: expect.stringContaining("out of luck"),
    cause: { message: expect.stringContaining("exit code 3") },
  });
});

test("a server that stays, but writes that it cannot start, is explained at once", async () => {
  await using scratch = await Scratch.make();
  const start = performance.now();
  const engine = shell("echo listen EADDRINUSE; exec sleep 60");
  await expect(scratch.start(engine, { name: "identities", port: 0 })).rejects.toMatchObject({ code: "PORT_TAKEN" });
  expect(performance.now() - start).toBeLessThan(10_000);
});

test("an abort ends a start with its reason, and what was started is taken down", async () => {
  await using scratch = await Scratch.make();
  const reason = new Error("Ctrl-C");
  const stop = new AbortController();
  const starting = scratch.start(shell("exec sleep 60"), { name: "identities" }, stop.signal);
  setTimeout(() => stop.abort(reason), 500);
  await expect(starting).rejects.toBe(reason);
});

test("an engine that has no program for this platform says so", async () => {
  await using scratch = await Scratch.make();
  const engine = withPlan(dynamodb, (plan) => ({ ...plan, server: { ...plan.server, file: "/nowhere/postgres" } }));
  await expect(scratch.start(engine, { name: "identities" })).rejects.toMatchObject({ code: "ENGINE_NOT_AVAILABLE" });
});

test("a service may be named like a folder of the environment; its files are its own and closed to others", async () => {
  await using scratch = await Scratch.make();
  await using server = await scratch.start(engineNamed("postgres"), { name: "logs" });
  expect(await server.session.states()).toEqual([]);
  const { mode, uid } = statSync(server.address.directory ?? "");
  expect(mode & 0o777).toBe(0o700);
  expect(uid === 0).toBe(false);
});
