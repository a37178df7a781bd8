// Runs dynalite as a server of its own: host.mjs <directory of node_modules> <port>. It keeps everything in memory and ends on SIGTERM.
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as turn } from "node:timers/promises";

const [packages, port] = process.argv.slice(2);
const dynalite = createRequire(join(packages, "package.json"))("dynalite");

const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });

// How many requests began or ended that may have written: as long as it stands, the tables stand, and nobody has to read them again to know.
let writes = 0;
const reading = /\.(BatchGetItem|Describe\w+|GetItem|List\w+|Query|Scan)$/;

// A table is ready some turns of the event loop after the answer that it is being made, and whoever looks in between waits for 20 s, as the
// SDK does. So that answer comes those turns later.
const turns = 10;
const [answer] = server.listeners("request");
server.removeListener("request", answer);
server.on("request", (request, response) => {
  if (request.url === "/writes") {
    response.end(String(writes));
    return;
  }
  const target = request.headers["x-amz-target"] ?? "";
  if (!reading.test(target)) {
    writes += 1;
    response.on("close", () => (writes += 1));
  }
  const end = response.end.bind(response);
  if (/\.(Create|Update|Delete)Table$/.test(target)) {
    response.end = async (...body) => {
      for (let done = 0; done < turns; done += 1) await turn(1);
      end(...body);
    };
  }
  answer(request, response);
});

server.listen(Number(port), "127.0.0.1");

// What waits for a client is not worth waiting for: the data ends here.
for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => process.exit(0));
