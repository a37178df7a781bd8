import { query } from "./query.mjs";

await query("insert into totals select customer, max(amount) from orders group by customer");
