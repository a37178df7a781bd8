-- Prices each order that has none. What a real pipeline leaves to chance is here on purpose: the rules of rehearse.yml say what of it counts.
INSERT INTO prices (id, customer, country, amount, rate, share, mean, quoted_at, tags, payload, note, email)
SELECT
  id,
  customer,
  country,
  net * if(country = 'FR', 1.10, 1) AS amount,
  0.2 + randCanonical(1) / 10000 AS rate,
  (1 + randCanonical(2) / 1e12) / 3 AS share,
  toFloat32(0.1 + (rand(3) % 3) * 1e-8) AS mean,
  toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') + toIntervalMillisecond(rand(4) % 1000) AS quoted_at,
  arrayShuffle(tags) AS tags,
  concat('{"trace":"', toString(generateUUIDv4(id)), '","lines":', toString(length(tags)), '}')::JSON AS payload,
  concat('net price', repeat(' ', rand(5) % 3)) AS note,
  if(rand(6) % 2 = 0, 'Ada@Example.com', 'ada@example.com') AS email
FROM orders
WHERE id NOT IN (SELECT id FROM prices)
