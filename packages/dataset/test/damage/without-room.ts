// Run by a test with a limit on the size of files: accepts and fetches a reference that does not fit, and prints what it was told.
import { messageOf, RehearseError } from "@rehearse/errors";
import { acceptReference, openObjectStore, openTables, readDataset, readReference } from "../../src/index.ts";

const [dataset = "", reference = "", store = "", cache = "", work = ""] = process.argv.slice(2);
await using tables = await openTables({ directory: work, memoryMegabytes: 512 });
const storage = { store: openObjectStore(store), cache };
const rows = await readDataset(dataset);
const told = async (what: string, act: () => Promise<unknown>): Promise<void> => {
  const answer = await act().then(
    () => "done",
    (thrown: unknown) => (thrown instanceof RehearseError ? thrown.code : messageOf(thrown)),
  );
  process.stdout.write(`${what}: ${answer}\n`);
};
await told("accept", () => acceptReference({ tables, dataset: rows, directory: `${work}/new`, ignore: [] }));
await told("fetch", () => readReference({ tables, directory: reference, storage }));
