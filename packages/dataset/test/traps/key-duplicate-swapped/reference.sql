SELECT * FROM (VALUES (1, 'a'), (1, 'b')) AS rows(id, v)
