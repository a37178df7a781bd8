// Runs dynalite as a server of its own: host.mjs <directory of node_modules> <port>. It keeps everything in memory and ends on SIGTERM.
import { createRequire } from "node:module";
import { join } from "node:path";
import { setImmediate as nextTurn, setTimeout as turn } from "node:timers/promises";
import { crc32 } from "node:zlib";
import { ItemDigest, itemHash } from "./item-digest.ts";
import { mayWrite } from "./may-write.ts";
import { isPlainBatch } from "./plain-batch.ts";
import { isPlainValue } from "./plain-value.ts";
import { requestsEnded } from "./requests-ended.ts";

const [packages, port] = process.argv.slice(2);
const load = createRequire(join(packages, "package.json"));

// The server has no options for what follows; it takes each of these from its module when it needs it.
// Items are kept as JSON: as text, not as bytes that have to become text for each reader. Keys are ASCII, so their order is the same.
// Its streams end what they read with `return`, which the iterators lack: each would keep its old tree for as long as the server lives.
const closable = (iterator) => Object.assign(iterator, { return: () => iterator.close() });
const levels = load("memory-level");
levels.MemoryLevel = class extends levels.MemoryLevel {
  constructor(options) {
    super({ ...options, storeEncoding: "utf8" });
  }
  keys(options) {
    return closable(super.keys(options));
  }
  values(options) {
    return closable(super.values(options));
  }
};
// Every answer has a checksum: Node's is written in C.
load("buffer-crc32").unsigned = (body) => crc32(body);

// The store that the server makes for itself: what lies in it is read here, without the way through pages of JSON.
const stores = load("dynalite/db");
const { create } = stores;
let store;
stores.create = (options) => (store = create(options));

const validations = load("dynalite/validations");
const { types: batchTypes } = load("dynalite/validations/batchWriteItem");
const { checkTypes, checkValidations, validateAttributeValue } = validations;
validations.checkTypes = (data, types) => (types === batchTypes && isPlainBatch(data) ? data : checkTypes(data, types));
validations.validateAttributeValue = (value) => (isPlainValue(value) ? undefined : validateAttributeValue(value));
// A value where an attribute belongs, such as null, is not the server's end: it is refused.
validations.checkValidations = (...request) => {
  try {
    checkValidations(...request);
  } catch (error) {
    if (error.statusCode !== undefined) throw error;
    const body = {
      __type: "com.amazon.coral.validate#ValidationException",
      message: `The request has no attribute value where one belongs: ${error.message}`,
    };
    throw Object.assign(new Error(body.message), { statusCode: 400, body });
  }
};

const server = load("dynalite")({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });

// The requests that are being worked on, each as a promise of its end: also when their client is gone already.
const underWay = new Set();
// What waits longer than this is not about to write: a client may have sent half a request.
const patienceMs = 30_000;

// How many requests began or ended that may have written: as long as it stands, the tables stand, and need not be read again.
let writes = 0;
let known = { writes: -1, states: Promise.resolve([]) };
// For each table the hashes of its items, by the text that is kept of each, as they were last found: most of them stand.
let hashes = new Map();
// V8 tells longer texts apart by their length alone until it compares them: a map of many would compare each with each.
const longestRemembered = 16_000;
// For so long at most whoever asks for something waits for an answer while items are hashed.
const sliceMs = 5;

const settled = () => requestsEnded({ server, port: Number(port), underWay, patienceMs });

/** Resolves when the tables may be written to again; `states` resolves when it is known how they stood. */
async function holdStates() {
  await settled();
  if (known.writes === writes) return known;
  const seen = writes;
  const tables = await Array.fromAsync(store.tableDb.createValueStream(), ({ TableName: table }) => table);
  // Each stream is of the moment at which it is made, and nothing happens between them.
  const streams = tables.toSorted().map((table) => [table, store.getItemDb(table).createValueStream({ valueEncoding: "utf8" })]);
  const states = statesOf(streams);
  known = { writes: seen, states };
  states.catch(() => (known = { writes: -1, states }));
  return known;
}

async function statesOf(streams) {
  const found = new Map();
  const states = [];
  for (const [table, items] of streams) {
    found.set(table, new Map());
    states.push(await stateOf({ table, items, found: found.get(table) }));
  }
  hashes = found;
  return states;
}

async function stateOf({ table, items, found }) {
  const remembered = hashes.get(table) ?? new Map();
  const digest = new ItemDigest();
  let begun = performance.now();
  for await (const text of items) {
    const hash = remembered.get(text) ?? itemHash(JSON.parse(text));
    if (text.length <= longestRemembered) found.set(text, hash);
    digest.add(hash);
    if (performance.now() - begun < sliceMs) continue;
    await nextTurn();
    begun = performance.now();
  }
  return { table, rows: digest.rows, digest: digest.digest };
}

/** Answers when the moment is held, and goes on when its states are known; blanks tell until then that somebody is at work. */
async function tellStates(response) {
  const { states } = await holdStates();
  response.writeHead(200).flushHeaders();
  const alive = setInterval(() => response.write(" "), 10_000);
  try {
    response.end(JSON.stringify(await states));
  } finally {
    clearInterval(alive);
  }
}

/** What a rehearsal asks the host itself. */
const ownAnswers = {
  "/settled": (response) => settled().then(() => response.end()),
  "/states": tellStates,
};

// A table is ready some turns of the event loop after the answer that it is being made, and whoever looks in between waits for 20 s, as the
// SDK does. So that answer comes those turns later.
const turns = 10;
const [answer] = server.listeners("request");
server.removeListener("request", answer);
server.on("request", (request, response) => {
  const own = ownAnswers[request.url];
  if (own !== undefined) {
    response.on("error", () => undefined);
    own(response).catch((error) => {
      process.stderr.write(`rehearse-host: ${error.stack}\n`);
      response.destroy();
    });
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
