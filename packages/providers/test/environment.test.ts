import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { cleanEnvironment, processIdentity, startServer } from "@rehearse/process";
import { describe, expect, it } from "vitest";
import { createEnvironment, type Environment, takeDown } from "../src/index.ts";
import { EnvironmentScratch, nothing } from "./environment-scratch.ts";

const request = { scenario: "shop", scenarioDirectory: "/some/shop", mode: "test", ttlSeconds: 60 } as const;

const nobody = 65_534;

/** Starts a server that does nothing, in the ledger. */
async function startIn({ directory, home, tmp, logs, ledger, label }: Environment, script = "sleep 600; true") {
  const command = { file: "bash", args: ["-c", script], env: cleanEnvironment({ home, tmp, declared: {} }), cwd: directory };
  const start = () => startServer({ command, label: { ...label, service: "core" }, logFile: join(logs, "core.log") });
  return await ledger.makeProcess({ id: "core", service: "core" }, start);
}

/** Acts as a user whom permissions stop; root becomes nobody for so long, and gives the directory away. */
async function unprivileged<T>(directory: string, act: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return await act();
  for (const name of ["", ...readdirSync(directory, { recursive: true, encoding: "utf8" })])
    chownSync(join(directory, name), nobody, nobody);
  process.seteuid?.(nobody);
  try {
    return await act();
  } finally {
    process.seteuid?.(0);
  }
}

describe("an environment", () => {
  it("has an id, a marked directory that others may enter but not list, and a ledger", async () => {
    await using scratch = new EnvironmentScratch();
    const { id, directory, home, tmp, logs, ledger, label } = await createEnvironment(request);
    expect(id).toMatch(/^[a-z][a-z0-9]{7}$/);
    expect(directory).toBe(join(scratch.tmp, `rh-${id}`));
    expect(statSync(directory).mode & 0o777).toBe(0o711);
    for (const path of [home, tmp, logs]) expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(label).toEqual({ environment: id, ledger: ledger.file });
    expect(JSON.parse(readFileSync(join(directory, ".rehearse-environment"), "utf8"))).toEqual({ v: 1, id, ledger: ledger.file });

    const [header, ...entries] = readFileSync(ledger.file, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
    expect(header).toEqual({ v: 1, id, ...request, owner: processIdentity(process.pid), createdAt: expect.any(String) });
    const thing = { v: 1, kind: "directory", id: "environment", undo: { path: directory } };
    expect(entries).toEqual([
      { ...thing, seq: 1, state: "intent" },
      { ...thing, seq: 2, state: "made" },
    ]);
    expect(await takeDown(ledger.file)).toEqual({ created: 1, removed: 1, left: 0, leftovers: [] });
    expect(scratch.census()).toEqual(nothing);
  });

  it("writes what it will do before it does it", async () => {
    await using _scratch = new EnvironmentScratch();
    const { directory, ledger } = await createEnvironment(request);
    const last = () => JSON.parse(readFileSync(ledger.file, "utf8").trim().split("\n").at(-1) ?? "") as unknown;
    const made = { pid: 4_194_304, startedAt: "long ago", more: "is not written" };
    const given = await ledger.makeProcess({ id: "a", service: "core" }, async () => {
      expect(last()).toEqual({ v: 1, seq: 3, state: "intent", kind: "process", id: "a", undo: { service: "core" } });
      return await Promise.resolve(made);
    });
    expect(given).toBe(made);
    const { pid, startedAt } = made;
    expect(last()).toEqual({ v: 1, seq: 4, state: "made", kind: "process", id: "a", undo: { service: "core", pid, startedAt } });
    expect(() => ledger.makeDirectory({ id: "b", path: join(directory, "no", "parent"), mode: 0o700 })).toThrow(/no\/parent/);
    expect(last()).toMatchObject({ state: "intent", kind: "directory", id: "b" });
    expect(await takeDown(ledger.file)).toMatchObject({ created: 2, removed: 2, left: 0 });
  });

  it.each(["state", "tmp"] as const)(
    "cannot be made in a %s directory that cannot be written: DIRECTORY_NOT_WRITABLE, nothing left",
    async (which) => {
      await using scratch = new EnvironmentScratch();
      rmSync(scratch[which], { recursive: true, force: true });
      writeFileSync(scratch[which], "a file where a directory should be");
      if (which === "tmp") process.env["TMPDIR"] = "/proc/self";
      await expect(createEnvironment(request)).rejects.toMatchObject({
        code: "DIRECTORY_NOT_WRITABLE",
        exitCode: 3,
        message: expect.stringContaining(which === "tmp" ? "/rh-" : scratch.state),
        hint: expect.stringContaining("permissions"),
      });
      expect(which === "tmp" ? scratch.ledgers() : []).toEqual([]);
      rmSync(scratch[which]);
      mkdirSync(scratch.tmp, { recursive: true });
    },
  );
});

describe("tear-down", () => {
  it("ends a server that does not want to, with its children", async () => {
    await using scratch = new EnvironmentScratch();
    const environment = await createEnvironment(request);
    await startIn(environment, "trap '' TERM INT; sleep 600; sleep 600");
    expect(await takeDown(environment.ledger.file)).toEqual({ created: 2, removed: 2, left: 0, leftovers: [] });
    expect(scratch.census()).toEqual(nothing);
  });

  it("removes directories that were closed to everybody", async () => {
    await using scratch = new EnvironmentScratch();
    const { ledger, tmp } = await createEnvironment(request);
    const closed = join(tmp, "cache", "closed");
    mkdirSync(closed, { recursive: true });
    writeFileSync(join(closed, "file"), "");
    const teardown = await unprivileged(scratch.directory, async () => {
      chmodSync(closed, 0o000);
      chmodSync(join(tmp, "cache"), 0o500);
      return await takeDown(ledger.file);
    });
    expect(teardown).toEqual({ created: 1, removed: 1, left: 0, leftovers: [] });
    expect(scratch.census()).toEqual(nothing);
  });

  it("can be done twice at once, and once more", async () => {
    await using scratch = new EnvironmentScratch();
    const environment = await createEnvironment(request);
    for (let i = 0; i < 300; i += 1) writeFileSync(join(environment.tmp, `file ${i}`), "");
    await startIn(environment);
    const both = await Promise.all([takeDown(environment.ledger.file), takeDown(environment.ledger.file)]);
    expect(both).toMatchObject([{ left: 0 }, { left: 0 }]);
    expect(scratch.census()).toEqual(nothing);
    expect(await takeDown(environment.ledger.file)).toEqual({ created: 0, removed: 0, left: 0, leftovers: [] });
  });

  it("says what it could not remove, and keeps the ledger for another try", async () => {
    await using scratch = new EnvironmentScratch();
    const { ledger, directory } = await createEnvironment(request);
    const teardown = await unprivileged(scratch.directory, async () => {
      chmodSync(scratch.tmp, 0o555);
      return await takeDown(ledger.file);
    });
    expect(teardown).toEqual({ created: 1, removed: 0, left: 1, leftovers: [expect.stringContaining(`directory ${directory}: EACCES`)] });
    expect(scratch.ledgers()).toEqual([ledger.file]);
    chmodSync(scratch.tmp, 0o755);
    expect(await takeDown(ledger.file)).toMatchObject({ created: 1, removed: 1, left: 0 });
    expect(scratch.census()).toEqual(nothing);
  });

  it.skipIf(process.geteuid?.() !== 0)("gives up soon on what is held deep inside, says why, and removes all else", async () => {
    await using scratch = new EnvironmentScratch();
    const { ledger, directory, tmp } = await createEnvironment(request);
    const held = join(tmp, "a", "b", "c", "d", "held");
    mkdirSync(held, { recursive: true });
    for (const file of [join(held, "file"), join(tmp, "a", "other"), join(tmp, "a", "b", "z")]) writeFileSync(file, "");
    const start = performance.now();
    const teardown = await unprivileged(scratch.directory, async () => {
      // What others may add to, but only root may take from.
      process.seteuid?.(0);
      for (const path of [held, join(held, "file")]) chownSync(path, 0, 0);
      chmodSync(held, 0o1777);
      process.seteuid?.(nobody);
      return await takeDown(ledger.file);
    });
    expect(performance.now() - start).toBeLessThan(5_000);
    const reason = `EPERM: operation not permitted, unlink '${join(held, "file")}'`;
    expect(teardown).toEqual({ created: 1, removed: 0, left: 1, leftovers: [`directory ${directory}: ${reason}`] });
    const there = readdirSync(directory, { recursive: true, encoding: "utf8" });
    expect(there.toSorted().at(-1)).toBe(relative(directory, join(held, "file")));
    expect(there).toHaveLength(relative(directory, join(held, "file")).split("/").length);
    expect(await takeDown(ledger.file)).toMatchObject({ created: 1, removed: 1, left: 0 });
    expect(scratch.census()).toEqual(nothing);
  });

  it("stops whoever still makes things in the environment", async () => {
    await using scratch = new EnvironmentScratch();
    const environment = await createEnvironment(request);
    await takeDown(environment.ledger.file);
    await expect(startIn(environment)).rejects.toMatchObject({
      code: "LEDGER_UNREADABLE",
      message: expect.stringContaining("was taken down"),
    });
    expect(scratch.census()).toEqual(nothing);
  });
});
