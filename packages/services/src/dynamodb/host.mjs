// Runs dynalite as a server of its own: host.mjs <directory of node_modules> <port>. It keeps everything in memory and ends on SIGTERM.
import { createRequire } from "node:module";
import { join } from "node:path";

const [packages, port] = process.argv.slice(2);
const dynalite = createRequire(join(packages, "package.json"))("dynalite");

// Tables of a rehearsal are ready when they are made: waiting would only cost time.
const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
server.listen(Number(port), "127.0.0.1");

// What waits for a client is not worth waiting for: the data ends here.
for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => process.exit(0));
