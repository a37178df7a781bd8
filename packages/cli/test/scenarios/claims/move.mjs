import { mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";

const { DATABASE_URL, OUTPUT = "" } = process.env;
const client = new pg.Client(DATABASE_URL);
await client.connect();
await client.query("update accounts set balance = balance + case id when 1 then -2.5 else 2.5 end where id < 3");
await client.end();
await mkdir(path.join(OUTPUT, "parts"));
await writeFile(path.join(OUTPUT, "report.csv"), "id,balance\n1,7.50\n2,22.50\n");
await writeFile(path.join(OUTPUT, "parts", "empty.csv"), "");
await symlink(import.meta.filename, path.join(OUTPUT, "link.mjs"));
