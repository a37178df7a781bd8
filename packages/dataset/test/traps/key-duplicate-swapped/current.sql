SELECT * FROM (VALUES (1, 'b'), (1, 'a')) AS rows(id, v)
