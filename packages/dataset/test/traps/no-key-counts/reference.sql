SELECT * FROM (VALUES ('a'), ('a'), ('b')) AS rows(v)
