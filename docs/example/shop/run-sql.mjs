// node run-sql.mjs <file.sql>: has ClickHouse run the one statement of a file.
import { readFileSync } from "node:fs";

const { origin, pathname, username, password } = new URL(process.env.CLICKHOUSE_URL);
const response = await fetch(`${origin}/?database=${pathname.slice(1)}`, {
  method: "POST",
  headers: { "X-ClickHouse-User": username, "X-ClickHouse-Key": decodeURIComponent(password) },
  body: readFileSync(process.argv[2]),
});
if (!response.ok) throw new Error(await response.text());
