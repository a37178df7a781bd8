import { query } from "./clickhouse.mjs";

await query("drop table totals");
