import pg from "pg";

const factor = 1;
const client = new pg.Client(process.env.DATABASE_URL);
await client.connect();
await client.query(
  `insert into prices select n, case when n % 2 = 0 then 'EU' else 'US' end, n * case when n % 2 = 0 then $1::numeric else 1 end, n / 5.0
   from generate_series(1, 100) as n`,
  [factor],
);
await client.end();
