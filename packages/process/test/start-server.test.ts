import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { endProcesses, isAlive, listeningPorts, processIdentity, startServer } from "../src/index.ts";
import { program, Scratch } from "./scratch.ts";

async function logOf(scratch: Scratch, wanted: string): Promise<string> {
  for (let i = 0; i < 500 && !readFileSync(scratch.path("log"), "utf8").includes(wanted); i += 1) await sleep(20);
  return readFileSync(scratch.path("log"), "utf8");
}

it("starts a labelled server and tells of its end", async () => {
  await using scratch = new Scratch();
  const { step: _, ...label } = scratch.label;
  const server = await startServer({
    command: scratch.command(program("heartbeat.ts", scratch.path("heart"))),
    label: { ...label, service: "core" },
    logFile: scratch.path("log"),
  });
  expect(isAlive(server)).toBe(true);
  expect(isAlive({ ...server, startedAt: "another start" })).toBe(false);
  expect(processIdentity(server.pid)).toEqual({ pid: server.pid, startedAt: server.startedAt });
  expect(scratch.processes()).toEqual([expect.objectContaining({ pid: server.pid, label: { ...label, step: null, service: "core" } })]);

  const { found, left } = await endProcesses(() => scratch.processes(), { graceMs: 2_000 });
  expect(found.map(({ pid }) => pid)).toEqual([server.pid]);
  expect(left).toEqual([]);
  expect(await server.exited).toEqual({ code: null, signal: "SIGTERM" });
  expect(isAlive(server)).toBe(false);
});

it.runIf(process.platform === "linux")("knows the ports that a server listens on", async () => {
  await using scratch = new Scratch();
  const script = `const server = require("net").createServer(); server.listen(0, "127.0.0.1", () => console.log("port", server.address().port, "."))`;
  const command = scratch.command([process.execPath, "-e", script]);
  const server = await startServer({ command, label: { ...scratch.label, service: "core" }, logFile: scratch.path("log") });
  const log = await logOf(scratch, " .");
  expect(log).toBe(`port ${listeningPorts(server.pid).join()} .\n`);
});

it("lives on when the process that started it ends", async () => {
  await using scratch = new Scratch();
  const request = {
    command: scratch.command(program("heartbeat.ts", scratch.path("heart"))),
    label: { ...scratch.label, service: "core" },
    logFile: scratch.path("log"),
  };
  const script = `const { startServer } = await import(${JSON.stringify(import.meta.resolve("../src/index.ts"))});
    const { pid, startedAt } = await startServer(${JSON.stringify(request)}); console.log(JSON.stringify({ pid, startedAt }));`;
  const server = JSON.parse(execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" })) as {
    pid: number;
    startedAt: string;
  };
  await sleep(200);
  expect(isAlive(server)).toBe(true);
  await endProcesses(() => scratch.processes(), { graceMs: 2_000 });
  expect(isAlive(server)).toBe(false);
});

it("is PROCESS_NOT_STARTED when there is no such program", async () => {
  await using scratch = new Scratch();
  const command = scratch.command(["no-such-server"]);
  await expect(startServer({ command, label: { ...scratch.label, service: "core" }, logFile: scratch.path("log") })).rejects.toMatchObject({
    code: "PROCESS_NOT_STARTED",
    exitCode: 3,
    message: 'The program "no-such-server" did not start.',
    hint: expect.stringContaining("PATH is"),
  });
});
