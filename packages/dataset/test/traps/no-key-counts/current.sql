SELECT * FROM (VALUES ('a'), ('b'), ('b')) AS rows(v)
