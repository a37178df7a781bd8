import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { PassThrough, Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { runProgram } from "../src/index.ts";
import { program, Scratch } from "./scratch.ts";

describe("the environment of a program", () => {
  it("holds what is declared, the clean values and the label, and nothing else", async () => {
    await using scratch = new Scratch();
    const command = scratch.command(program("print-environment.ts"), { DATABASE_URL: "postgres://one" });
    const { output } = await scratch.run(program("print-environment.ts"), { command });
    const node = dirname(process.execPath);
    const path = (process.env["PATH"] ?? "").split(delimiter).filter((entry) => entry !== node);
    const shown = output
      .replace(`PATH=${[node, ...path].join(delimiter)}\n`, "PATH=<node>:<path>\n")
      .replace(scratch.label.environment, "<environment>")
      .replaceAll(scratch.directory, "<directory>");
    await expect(shown).toMatchFileSnapshot("environment.txt");
  });

  it("lets the file declare any of the clean values", async () => {
    await using scratch = new Scratch();
    const words = ["/bin/sh", "-c", 'echo "$TZ $LANG $PATH"'] as const;
    const command = scratch.command(words, { TZ: "Europe/Berlin", LANG: "C", PATH: "/nowhere" });
    expect((await scratch.run(words, { command })).output).toBe("Europe/Berlin C /nowhere\n");
  });
});

describe("output", () => {
  it("comes whole to a reader who is still at it long after the program has ended", async () => {
    await using scratch = new Scratch();
    const pieces: Buffer[] = [];
    const stdout = new Writable({
      highWaterMark: 1,
      write: (chunk: Buffer, _encoding, done) => {
        pieces.push(chunk);
        setTimeout(done, 700);
      },
    });
    await scratch.run(["bash", "-c", "seq 1 30000"], { stdout });
    expect(Buffer.concat(pieces).toString()).toBe(Array.from({ length: 30_000 }, (_, i) => `${i + 1}\n`).join(""));
  });

  it("has standard output and error in the order written, also through /dev/stderr", async () => {
    await using scratch = new Scratch();
    const script = "for i in {1..200}; do echo out $i; echo err $i >&2; echo dev $i > /dev/stderr; done; exit 4";
    const finished = await scratch.run(["bash", "-c", script]);
    const expected = Array.from({ length: 200 }, (_, i) => `out ${i + 1}\nerr ${i + 1}\ndev ${i + 1}\n`).join("");
    expect(finished).toMatchObject({ exitCode: 4, signal: null, output: expected });
    expect(readFileSync(scratch.path("log"), "utf8")).toBe(expected);
    expect(readdirSync(scratch.directory).sort()).toEqual(["ledger.ndjson", "log"]);
  });

  it("is kept whole in the log, its last 64 KiB in the result, no character cut", async () => {
    await using scratch = new Scratch();
    const seen: string[] = [];
    const finished = await scratch.run([process.execPath, "-e", `process.stdout.write("x" + "€".repeat(500_000))`], {
      onOutput: (piece) => seen.push(piece),
    });
    const whole = `x${"€".repeat(500_000)}`;
    expect(finished.exitCode).toBe(0);
    expect(readFileSync(scratch.path("log"), "utf8") === whole).toBe(true);
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.join("") === whole).toBe(true);
    expect(finished.output).toBe("€".repeat(Math.floor((64 * 1024) / 3)));
  });

  it("goes to a stream when one is given, byte for byte, and standard error to the log alone", async () => {
    await using scratch = new Scratch();
    const stdout = new PassThrough();
    const received = text(stdout);
    const script = "for i in {1..20000}; do echo '{\"row\":'$i'}'; done; echo noise >&2";
    const finished = await scratch.run(["bash", "-c", script], { stdout });
    expect(finished).toMatchObject({ exitCode: 0, output: "noise\n" });
    expect((await received).trim().split("\n")).toHaveLength(20_000);
    expect((await received).endsWith('{"row":20000}\n')).toBe(true);
  });

  it("ends the program and rejects when the stream does not take it", async () => {
    await using scratch = new Scratch();
    const stdout = new Writable({ write: (_chunk, _encoding, done) => done(new Error("row 1 is no JSON")) });
    await expect(scratch.run(["bash", "-c", "trap '' PIPE; echo x; sleep 60"], { stdout })).rejects.toThrow("row 1 is no JSON");
    expect(scratch.processes()).toEqual([]);
  });

  it("cannot be logged: DIRECTORY_NOT_WRITABLE", async () => {
    await using scratch = new Scratch();
    await expect(scratch.run(["true"], { logFile: scratch.path("none/log") })).rejects.toMatchObject({
      code: "DIRECTORY_NOT_WRITABLE",
      exitCode: 3,
      message: expect.stringContaining("none/log"),
    });
  });
});

describe("a program that does not start", () => {
  it("exits with 127 and says so when there is none", async () => {
    await using scratch = new Scratch();
    const finished = await scratch.run(["no-such-program", "--flag"]);
    expect(finished).toMatchObject({ exitCode: 127, signal: null, cpuMs: null, maxRssBytes: null });
    expect(finished.output).toMatch(/^rehearse: no-such-program: not found \(PATH is .+\)\n$/);
    expect(readFileSync(scratch.path("log"), "utf8")).toBe(finished.output);
  });

  it("exits with 126 and says so when it cannot be executed", async () => {
    await using scratch = new Scratch();
    writeFileSync(scratch.path("script.sh"), "echo hello\n", { mode: 0o644 });
    mkdirSync(scratch.path("folder"));
    for (const name of ["script.sh", "folder"]) {
      expect(await scratch.run([scratch.path(name)])).toMatchObject({
        exitCode: 126,
        output: expect.stringContaining("cannot be executed"),
      });
    }
  });

  it("is PROCESS_NOT_STARTED when its working directory is not there", async () => {
    await using scratch = new Scratch();
    const command = { ...scratch.command(["true"]), cwd: join(scratch.directory, "gone") };
    const running = runProgram({ command, label: scratch.label, logFile: scratch.path("log"), timeoutMs: 1_000 });
    await expect(running).rejects.toMatchObject({ code: "PROCESS_NOT_STARTED", message: expect.stringContaining("gone does not exist") });
  });
});

describe("measures", () => {
  it.runIf(process.platform === "linux")("the CPU time of children that were waited for", async () => {
    await using scratch = new Scratch();
    const { cpuMs } = await scratch.run(["bash", "-c", `${program("burn.ts", "300").join(" ")}; true`]);
    expect(cpuMs).toBeGreaterThanOrEqual(300);
    expect(cpuMs).toBeLessThan(3_000);
  });

  it.runIf(process.platform === "linux")("the CPU time of what it left running", async () => {
    await using scratch = new Scratch();
    const { cpuMs, strays } = await scratch.run(["bash", "-c", `(setsid ${program("burn.ts", "60000").join(" ")} &) ; sleep 0.5`]);
    expect(strays).toEqual([expect.stringContaining("burn.ts 60000")]);
    expect(cpuMs).toBeGreaterThan(50);
  });

  it.runIf(process.platform === "linux")("the memory that its processes hold at one moment", async () => {
    await using scratch = new Scratch();
    const hold = (own: string, other: string) => program("hold.ts", "100", scratch.path(own), scratch.path(other)).join(" ");
    const { maxRssBytes } = await scratch.run(["bash", "-c", `${hold("a", "b")} & ${hold("b", "a")} & wait`]);
    expect(maxRssBytes).toBeGreaterThan(200e6);
    expect(maxRssBytes).toBeLessThan(800e6);
  });

  it("no CPU time where another child's could be in it", async () => {
    await using scratch = new Scratch();
    await using other = new Scratch();
    const [long] = await Promise.all([
      scratch.run(["bash", "-c", `while [ ! -e ${scratch.path("other")} ]; do sleep 0.02; done`]),
      other.run(program("burn.ts", "50")).then(() => writeFileSync(scratch.path("other"), "")),
    ]);
    expect(long).toMatchObject({ exitCode: 0, cpuMs: null });
  });
});
