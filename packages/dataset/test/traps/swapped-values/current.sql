SELECT * FROM (VALUES (1, 'b'), (2, 'a')) AS rows(id, v)
