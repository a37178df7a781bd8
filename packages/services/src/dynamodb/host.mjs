// Runs dynalite as a server of its own: host.mjs <directory of node_modules> <port>. It keeps everything in memory and ends on SIGTERM.
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as turn } from "node:timers/promises";
import { ItemDigest } from "./item-digest.ts";
import { mayWrite } from "./may-write.ts";
import { isPlainBatch } from "./plain-batch.ts";
import { requestsEnded } from "./requests-ended.ts";

const [packages, port] = process.argv.slice(2);
const load = createRequire(join(packages, "package.json"));

// The store that the server makes for itself: what lies in it is read here, without the way through pages of JSON.
const stores = load("dynalite/db");
const { create } = stores;
let store;
stores.create = (options) => (store = create(options));

const validations = load("dynalite/validations");
const { types: batchTypes } = load("dynalite/validations/batchWriteItem");
const { checkTypes } = validations;
validations.checkTypes = (data, types) => (types === batchTypes && isPlainBatch(data) ? data : checkTypes(data, types));

const server = load("dynalite")({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });

// The requests that are being worked on, each as a promise of its end: also when their client is gone already.
const underWay = new Set();
// What waits longer than this is not about to write: a client may have sent half a request.
const patienceMs = 30_000;

// How many requests began or ended that may have written: as long as it stands, the tables stand, and need not be read again.
let writes = 0;
let known = { writes: -1, states: [] };

async function states() {
  await requestsEnded({ server, port: Number(port), underWay, patienceMs });
  if (known.writes === writes) return known.states;
  const seen = { writes, states: [] };
  for await (const { TableName: table } of store.tableDb.createValueStream()) {
    const items = new ItemDigest();
    for await (const item of store.getItemDb(table).createValueStream()) items.add(item);
    seen.states.push({ table, rows: items.rows, digest: items.digest });
  }
  seen.states.sort((a, b) => (a.table < b.table ? -1 : 1));
  known = seen;
  return seen.states;
}

// A table is ready some turns of the event loop after the answer that it is being made, and whoever looks in between waits for 20 s, as the
// SDK does. So that answer comes those turns later.
const turns = 10;
const [answer] = server.listeners("request");
server.removeListener("request", answer);
server.on("request", (request, response) => {
  if (request.url === "/states") {
    states().then(
      (found) => response.end(JSON.stringify(found)),
      (error) => response.writeHead(500).end(String(error)),
    );
    return;
  }
  const target = request.headers["x-amz-target"] ?? "";
  const writing = mayWrite(target);
  if (writing) writes += 1;
  const { promise, resolve } = Promise.withResolvers();
  underWay.add(promise);
  const done = () => {
    if (!underWay.delete(promise)) return;
    if (writing) writes += 1;
    resolve();
  };
  // A request that breaks off in its middle is never answered, and the server would throw its error at everybody.
  request.on("close", () => {
    if (!request.complete) done();
  });
  const end = response.end.bind(response);
  const changesTables = /\.(Create|Update|Delete)Table$/.test(target);
  response.end = async (...body) => {
    for (let passed = 0; changesTables && passed < turns; passed += 1) await turn(1);
    done();
    end(...body);
  };
  answer(request, response);
  request.removeAllListeners("error").on("error", () => undefined);
});

server.listen(Number(port), "127.0.0.1");

// What waits for a client is not worth waiting for: the data ends here.
for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => process.exit(0));
