SELECT * FROM (VALUES (NULL, 'a'), (2, 'b')) AS rows(id, v)
