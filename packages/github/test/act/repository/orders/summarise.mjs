import { query } from "./query.mjs";

await query("insert into totals select customer, sum(amount) from orders group by customer");
