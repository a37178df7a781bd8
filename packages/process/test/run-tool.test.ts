import { expect, it } from "vitest";
import { runTool } from "../src/index.ts";
import { Scratch } from "./scratch.ts";

it("gives both outputs and the exit code as values", async () => {
  await using scratch = new Scratch();
  const result = await runTool({ command: scratch.command(["bash", "-c", "echo out; echo err >&2; exit 5"]), timeoutMs: 10_000 });
  expect(result).toEqual({ code: 5, signal: null, timedOut: false, stdout: "out\n", stderr: "err\n" });
});

it("is ended with its children when its time is over", async () => {
  await using scratch = new Scratch();
  const command = scratch.command(["bash", "-c", "sleep 60 & echo begun; wait"]);
  const result = await runTool({ command, timeoutMs: 300, label: scratch.label });
  expect(result).toMatchObject({ timedOut: true, code: null, stdout: "begun\n" });
  expect(scratch.processes()).toEqual([]);
});

it("is ended and rejects with the reason when it is aborted", async () => {
  await using scratch = new Scratch();
  const abort = new AbortController();
  const running = runTool({ command: scratch.command(["sleep", "60"]), timeoutMs: 60_000, label: scratch.label, signal: abort.signal });
  setTimeout(() => abort.abort(new Error("enough")), 100);
  await expect(running).rejects.toThrow("enough");
  expect(scratch.processes()).toEqual([]);
});

it("is PROCESS_NOT_STARTED when there is no such program", async () => {
  await using scratch = new Scratch();
  await expect(runTool({ command: scratch.command(["no-such-tool"]), timeoutMs: 1_000 })).rejects.toMatchObject({
    code: "PROCESS_NOT_STARTED",
  });
});
