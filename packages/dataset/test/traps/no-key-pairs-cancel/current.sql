SELECT * FROM (VALUES ('x'), ('b'), ('b')) AS rows(v)
