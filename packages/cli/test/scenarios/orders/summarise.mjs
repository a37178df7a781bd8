import { query } from "./clickhouse.mjs";

await query("insert into totals (customer, amount) select customer, sum(amount) from orders group by customer");
