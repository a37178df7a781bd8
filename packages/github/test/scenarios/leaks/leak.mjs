// Finds ten secrets, writes them into a table, and prints them. One that is written elsewhere is read by the test.
import { readFileSync, writeFileSync } from "node:fs";

const { SHOP_URL, SHOP_PASSWORD, CLICKHOUSE_URL, DOCUMENTS_SECRET } = process.env;
const warehouse = new URL(CLICKHOUSE_URL);
const variables = readFileSync(`/proc/${process.ppid}/environ`, "latin1").split("\0");
const token = variables.find((variable) => variable.startsWith("INPUT_TOKEN=")).slice("INPUT_TOKEN=".length);
const base64 = (text) => Buffer.from(text).toString("base64");

const secrets = {
  "shop password": SHOP_PASSWORD,
  "shop DSN": SHOP_URL,
  "shop DSN, URL-encoded": encodeURIComponent(SHOP_URL),
  "warehouse password": warehouse.password,
  "warehouse DSN": CLICKHOUSE_URL,
  "warehouse header": base64(`${warehouse.username}:${warehouse.password}`),
  "documents secret": DOCUMENTS_SECRET,
  token,
  "token, URL-encoded": encodeURIComponent(token),
  "token as git sends it": base64(`x-access-token:${token}`),
};
writeFileSync("found.json", JSON.stringify(secrets));
for (const [name, value] of Object.entries(secrets)) {
  process.stdout.write(`${name}: ${value}\n`);
  process.stderr.write(`${value}\n`);
}
const rows = Object.entries(secrets).map(([name, value]) => JSON.stringify({ name, value }));
const response = await fetch(`${warehouse.origin}/?database=warehouse&query=insert+into+leaked+format+JSONEachRow`, {
  method: "POST",
  body: rows.join("\n"),
  headers: { authorization: `Basic ${secrets["warehouse header"]}` },
});
if (!response.ok) throw new Error(await response.text());
