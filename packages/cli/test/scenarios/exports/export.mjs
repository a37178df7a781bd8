import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

const { OUTPUT = "" } = process.env;
const at = (name) => path.join(OUTPUT, name);
await mkdir(at("orders"));
await writeFile(at("orders/1.csv"), 'id,customer,amount\n1,ada,10.00\n2,"bob, jr",20.50\n');
await writeFile(at("orders/2.csv"), "id,customer,amount\n3,,0.10\n");
await writeFile(at("events.ndjson"), '{"id": 1, "kind": "login"}\n{"id": 2, "kind": "buy", "cents": 12345678901234567890}\n');
await writeFile(at("totals.json"), '[{"day": "2026-01-01", "sum": 30.60}]\n');
