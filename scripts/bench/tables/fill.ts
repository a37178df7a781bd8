/** The table of the bench, in every engine. */
export const tableName = "measured";

/** Its columns beside the key, `id`. */
export const valueColumns = ["c_int", "c_dbl", "c_dec", "c_str", "c_ts", "c_bool", "c_nstr", "c_json", "c_date"] as const;

/** What the edit of `edit` does to a table of so many rows (whole thousands): 1 % changed, a tenth as many added and removed. */
export function planted(rows: number): { readonly added: number; readonly removed: number; readonly changed: number } {
  return { added: rows / 1000, removed: rows / 1000, changed: rows / 100 };
}

/** How each engine makes the table of 10 columns: a key, whole numbers, texts with and without repetition, times, and all values by the row's number. */
export const fill: Readonly<Record<"postgres" | "clickhouse", (rows: number) => string>> = {
  postgres: (
    rows,
  ) => `CREATE TABLE ${tableName} AS SELECT i * 10 AS id, (${random(1)} & 1048575)::int4 AS c_int, (${random(2)} & 1073741823) / 1009.0::float8 AS c_dbl,
      ((${random(3)} & 68719476735)::numeric / 10000)::numeric(18, 4) AS c_dec, substr(md5(i::text), 1, 20) AS c_str,
      timestamp '2020-01-01' + (${random(4)} & 140737488355327) * interval '1 microsecond' AS c_ts, ${random(5)} & 1 = 0 AS c_bool,
      CASE WHEN ${random(6)} & 7 > 1 THEN 'note-' || (${random(7)} & 4095) END AS c_nstr,
      '{"a":' || (${random(8)} & 65535) || ',"b":"' || substr(md5((i + 7)::text), 1, 8) || '","tags":["x","y"]}' AS c_json,
      date '2015-01-01' + (${random(9)} & 4095)::int4 AS c_date
    FROM generate_series(1::int8, ${rows}) AS r(i);
    ALTER TABLE ${tableName} ADD PRIMARY KEY (id);
    ANALYZE ${tableName}`,
  clickhouse: (
    rows,
  ) => `CREATE TABLE ${tableName} ENGINE = MergeTree ORDER BY id AS SELECT toInt64(number * 10) AS id, toInt32(sipHash64(number, 1) % 1000000) AS c_int,
      (sipHash64(number, 2) % 1000000007) / 1009. AS c_dbl, toDecimal64(sipHash64(number, 3) % 100000000, 4) AS c_dec, substring(lower(hex(MD5(toString(number)))), 1, 20) AS c_str,
      fromUnixTimestamp64Micro(toInt64(1577836800000000 + sipHash64(number, 4) % 150000000000000), 'UTC') AS c_ts, sipHash64(number, 5) % 2 = 0 AS c_bool,
      if(sipHash64(number, 6) % 10 < 3, NULL, concat('note-', toString(sipHash64(number, 7) % 5000))) AS c_nstr,
      concat('{"a":', toString(sipHash64(number, 8) % 100000), ',"b":"', substring(lower(hex(MD5(toString(number + 7)))), 1, 8), '","tags":["x","y"]}') AS c_json,
      toDate('2015-01-01') + sipHash64(number, 9) % 4000 AS c_date
    FROM numbers(1, ${rows})`,
};

/** The edit of the Postgres table; see `planted`. */
export const edit = `UPDATE ${tableName} SET c_int = c_int + 1 WHERE id % 1000 = 10;
  DELETE FROM ${tableName} WHERE id % 10000 = 20;
  INSERT INTO ${tableName} SELECT id + 5, c_int, c_dbl, c_dec, c_str, c_ts, c_bool, c_nstr, c_json, c_date FROM ${tableName} WHERE id % 10000 = 30`;

/** The digest as one statement that a person would write, sound for these columns. */
export const byHand: Readonly<Record<"postgres" | "clickhouse", string>> = {
  postgres: `SELECT count(*), sum(hash), bit_xor(hash) FROM (SELECT hash_record_extended(ROW(int8send(id), c_int, float8send(c_dbl), numeric_send(c_dec), c_str,
    timestamp_send(c_ts), c_bool, c_nstr, c_json, c_date), 0) AS hash FROM ${tableName}) AS hashes`,
  clickhouse: `SELECT count(), sum(hash), groupBitXor(hash) FROM (SELECT cityHash64(tuple(*)) AS hash FROM ${tableName})`,
};

function random(number: number): string {
  return `hashint8extended(i, ${number})`;
}
