// Runs Rehearse's embedded ClickHouse as the official image runs its own: the only user is CLICKHOUSE_USER with CLICKHOUSE_PASSWORD, and
// arguments after `--` such as `--query_log.flush_interval_milliseconds=500` set what the configuration names so.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";

const directory = "/var/lib/clickhouse";
const { CLICKHOUSE_USER: user, CLICKHOUSE_PASSWORD: password = "" } = process.env;

function settings(args) {
  const found = {};
  for (const arg of args) {
    const [, path, value] = /^--([\w.]+)=(.*)$/s.exec(arg) ?? [];
    if (path === undefined) throw new Error(`the argument ${arg} is not --name=value`);
    found[path] = value;
  }
  return found;
}

const escaped = (text) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** `{"a.b": "1"}` as `<a><b>1</b></a>`. */
function configuration(values) {
  const tree = {};
  for (const [path, value] of Object.entries(values)) {
    const names = path.split(".");
    const last = names.pop();
    let node = tree;
    for (const name of names) node = node[name] ??= {};
    node[last] = value;
  }
  const xml = (node) =>
    typeof node === "string"
      ? escaped(node)
      : Object.entries(node)
          .map(([name, inner]) => `<${name}>${xml(inner)}</${name}>`)
          .join("");
  return xml({ clickhouse: tree });
}

if (user === undefined) throw new Error("CLICKHOUSE_USER must be set");
const [dashes, ...args] = process.argv.slice(2);
if (dashes !== undefined && dashes !== "--") throw new Error(`arguments begin with --, not with ${dashes}`);
const { default_database: database = "default", ...given } = settings(args);

const config = configuration({
  listen_host: "0.0.0.0",
  "log-level": given["logger.level"] ?? "error",
  users_config: join(directory, "users.xml"),
  // The engine makes its first database an overlay of files, unlike a server's: it gets a name that nobody uses.
  default_database: "_local",
  "query_log.database": "system",
  "query_log.table": "query_log",
  "query_log.flush_interval_milliseconds": "7500",
  ...given,
});
const users = configuration({
  "profiles.default.implicit_select": "0",
  "profiles.default.allow_introspection_functions": "0",
  // The engine logs in as `default` before it listens and stays: with one session allowed, nobody else can be `default`.
  "profiles.engine.max_sessions_for_user": "1",
  "quotas.default": "",
  "users.default.password": "",
  "users.default.networks.ip": "127.0.0.1",
  "users.default.profile": "engine",
  "users.default.quota": "default",
  [`users.${user}.password_sha256_hex`]: createHash("sha256").update(password).digest("hex"),
  [`users.${user}.networks.ip`]: "::/0",
  [`users.${user}.profile`]: "default",
  [`users.${user}.quota`]: "default",
  [`users.${user}.default_database`]: database,
});
writeFileSync(join(directory, "config.xml"), config);
writeFileSync(join(directory, "users.xml"), users, { mode: 0o600 });

// A child of its own: the first process of a container cannot end itself by SIGKILL, which is how the host ends.
const host = spawn(process.execPath, [join(import.meta.dirname, "host.mjs"), "/opt/clickhouse", directory, database, "8123", "9000"], {
  stdio: "inherit",
});
for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => host.kill("SIGTERM"));
host.on("exit", (code, signal) => {
  process.exitCode = code ?? 128 + constants.signals[signal];
});
