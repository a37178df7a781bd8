import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { findProcesses, startServer } from "../src/index.ts";
import { descendants } from "../src/descendants.ts";
import { parseLabels, psProcessTable } from "../src/ps-process-table.ts";
import { processTable } from "../src/process-table.ts";
import { Scratch } from "./scratch.ts";

it("finds descendants that lost the label, and gives them that of their ancestor", async () => {
  await using scratch = new Scratch();
  const words = ["bash", "-c", "env -i sleep 60 & wait"] as const;
  const { pid } = await startServer({
    command: scratch.command(words),
    label: { ...scratch.label, service: "core" },
    logFile: scratch.path("log"),
  });
  for (let i = 0; i < 200 && scratch.processes().length < 2; i += 1) await sleep(20);
  const label = { ...scratch.label, service: "core" };
  expect(scratch.processes().sort((one, other) => one.pid - other.pid)).toMatchObject([
    { pid, label, command: words.join(" ") },
    { parent: pid, label },
  ]);
});

it("never finds this process or its ancestors", () => {
  const ids = new Set([process.pid, process.ppid]);
  const everything = findProcesses({ identities: processTable.rows() });
  expect(everything.filter(({ pid }) => ids.has(pid))).toEqual([]);
});

it("finds no process by a pid that was given again", () => {
  const [row] = processTable.rows();
  expect(findProcesses({ identities: [{ pid: row?.pid ?? 0, startedAt: "long ago" }] })).toEqual([]);
});

it("reads the same processes from ps", async () => {
  await using scratch = new Scratch();
  const { pid } = await startServer({
    command: scratch.command(["sleep", "60"]),
    label: { ...scratch.label, service: "s" },
    logFile: scratch.path("log"),
  });
  const { parent, group, ended } = processTable.row(pid) ?? {};
  expect(psProcessTable.row(pid)).toMatchObject({ pid, parent, group, ended });
  expect(psProcessTable.rows()).toContainEqual(psProcessTable.row(pid));
  expect(psProcessTable.command(pid)).toBe("sleep 60");
});

it("reads labels from what ps shows, blanks in the ledger's path included", () => {
  const shown = [
    "  12 sleep 60 PATH=/bin REHEARSE_ENVIRONMENT=abc REHEARSE_LEDGER=/Users/a b/state/abc.ndjson REHEARSE_STEP=s1 TZ=UTC",
    "  13 sleep 60 PATH=/bin",
    "  14 node x.js REHEARSE_ENVIRONMENT=def",
  ].join("\n");
  expect([...parseLabels(shown)]).toEqual([
    [12, { environment: "abc", ledger: "/Users/a b/state/abc.ndjson", step: "s1", service: null }],
    [14, { environment: "def", ledger: null, step: null, service: null }],
  ]);
});

it("finds the tree of a process by its children as by the whole table, also that of a child of which the parent has gone", async () => {
  await using scratch = new Scratch();
  const words = ["bash", "-c", "(sleep 60 & sleep 60) & node -e 'child_process.spawn(`sleep`, [60])' & wait"] as const;
  const { pid, startedAt } = await startServer({
    command: scratch.command(words),
    label: { ...scratch.label, service: "s" },
    logFile: scratch.path("log"),
  });
  for (let i = 0; i < 200 && scratch.processes().length < 6; i += 1) await sleep(20);
  const pids = (rows: readonly { readonly pid: number }[]) => rows.map((row) => row.pid).sort((one, other) => one - other);
  const tree = processTable.tree([{ pid, startedAt }]);
  expect(tree).toHaveLength(6);
  expect(pids(tree)).toEqual(pids(descendants(processTable.rows(), [{ pid, startedAt }])));
  expect(processTable.tree([{ pid, startedAt: "long ago" }])).toEqual([]);

  const known = tree.filter((row) => row.pid !== pid);
  process.kill(pid, "SIGKILL");
  while (processTable.row(pid)?.ended === false) await sleep(10);
  expect(pids(processTable.tree([{ pid, startedAt }, ...known]))).toEqual(pids(known));
});
