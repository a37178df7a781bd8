const url = new URL(process.env.CLICKHOUSE_URL);

/** Runs one statement over HTTP and returns its answer's text. */
export async function query(sql) {
  const authorization = `Basic ${Buffer.from(`${url.username}:${decodeURIComponent(url.password)}`).toString("base64")}`;
  const response = await fetch(`${url.origin}/?database=${url.pathname.slice(1)}`, {
    method: "POST",
    body: sql,
    headers: { authorization },
  });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}
