// The program that is an embedded ClickHouse server: it loads the engine's shared library and runs it until it is ended.
//
//   node host.mjs <packages> <directory> <database> <HTTP port> <TCP port>
//
// It is `clickhouse local` with a server's listeners started. It needs nothing of its parent, which may end before it. SIGTERM ends it at once:
// its data is made to be thrown away, and survives a kill. It ends by itself only when it cannot start, and then says why on standard error.
import { closeSync, constants, existsSync, openSync, rmSync, writeSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [packages, directory, database, httpPort, tcpPort] = process.argv.slice(2);

process.on("SIGTERM", () => process.kill(process.pid, "SIGKILL"));

function say(text) {
  process.stderr.write(`rehearse-host: ${text}\n`);
}

/** The function interface and the engine's file, or null where this platform has none. */
function findEngine() {
  const engine = join(packages, "node_modules", "@chdb", `lib-${process.platform}-${process.arch}-gnu`, "libchdb.so");
  if (!existsSync(engine)) {
    say(`no engine for ${process.platform}-${process.arch}: ${engine} is not there`);
    return null;
  }
  try {
    const ffi = createRequire(join(packages, "package.json"))("ffi-rs");
    ffi.open({ library: "engine", path: engine });
    ffi.open({ library: "libc", path: "libc.so.6" });
    return ffi;
  } catch (error) {
    say(`cannot load ${engine}: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}

function run({ load, DataType }) {
  /** Calls a function of the C library that returns an int; a negative one is a failure. */
  function libc(funcName, paramsType, paramsValue) {
    const result = load({ library: "libc", funcName, retType: DataType.I32, paramsType, paramsValue });
    if (result < 0) throw new Error(`${funcName} failed`);
    return result;
  }

  /**
   * Puts a terminal where standard input was, with `exit` already typed into it.
   * An exception in a connection's thread ends the engine's process unless it is interactive, and interactive means a terminal.
   * A statement that fails leaves an interactive engine waiting at its prompt: there it finds the typed line, and ends.
   */
  function typeExitIntoStandardInput() {
    const terminal = libc("posix_openpt", [DataType.I32], [constants.O_RDWR | constants.O_NOCTTY]);
    libc("grantpt", [DataType.I32], [terminal]);
    libc("unlockpt", [DataType.I32], [terminal]);
    const name = load({
      library: "libc",
      funcName: "ptsname",
      retType: DataType.String,
      paramsType: [DataType.I32],
      paramsValue: [terminal],
    });
    const input = openSync(name, constants.O_RDWR | constants.O_NOCTTY);
    libc("dup2", [DataType.I32, DataType.I32], [input, 0]);
    closeSync(input);
    writeSync(terminal, "exit\n");
  }

  /** A pipe that nobody writes to: reading it waits, at no cost, for as long as the server lives. */
  function makeSilentPipe() {
    const pipe = join(directory, "keep-alive.fifo");
    rmSync(pipe, { force: true });
    libc("mkfifo", [DataType.String, DataType.I32], [pipe, 0o600]);
    // A pipe ends when its last writer closes it. This one never does, and opening for both never waits.
    openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
    return pipe;
  }

  const escaped = (text) => text.replace(/[\\`']/g, "\\$&");
  typeExitIntoStandardInput();
  const statements = [
    "CREATE DATABASE IF NOT EXISTS default ENGINE = Atomic",
    `CREATE DATABASE IF NOT EXISTS \`${escaped(database)}\` ENGINE = Atomic`,
    // HTTP comes last: whoever gets an answer there may rely on all before it.
    "SYSTEM START LISTEN TCP",
    "SYSTEM START LISTEN HTTP",
    `SELECT * FROM file('${escaped(makeSilentPipe())}', 'LineAsString') FORMAT Null`,
  ];
  const argv = [
    "clickhouse",
    `--config-file=${join(directory, "config.xml")}`,
    `--path=${join(directory, "data")}`,
    `--http_port=${httpPort}`,
    `--tcp_port=${tcpPort}`,
    "--interactive",
    // An interactive engine would answer requests that name no format with tables drawn for people.
    "--output-format=TabSeparated",
    "--disable_suggestion",
    "--highlight=0",
    "--progress=off",
    "--progress-table=off",
    // A file of its own: the engine takes it over with its rights, so it must be no other program's, not even the null device.
    `--history_file=${join(directory, "history")}`,
    "--query",
    statements.join(";\n"),
  ];
  return load({
    library: "engine",
    funcName: "query_stable_v2",
    retType: DataType.External,
    paramsType: [DataType.I32, DataType.StringArray],
    paramsValue: [argv.length, argv],
    runInNewThread: true,
  });
}

const ffi = findEngine();
if (ffi !== null) {
  await run(ffi);
  say("the engine ended");
}
process.exitCode = 1;
