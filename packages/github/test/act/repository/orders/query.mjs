const { origin, pathname, username, password } = new URL(process.env.CLICKHOUSE_URL);
const authorization = `Basic ${Buffer.from(`${username}:${decodeURIComponent(password)}`).toString("base64")}`;

/** Runs one statement over HTTP. */
export async function query(sql) {
  const response = await fetch(`${origin}/?database=${pathname.slice(1)}`, { method: "POST", body: sql, headers: { authorization } });
  if (!response.ok) throw new Error(await response.text());
}
