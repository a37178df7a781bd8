SELECT * FROM (VALUES ('x'), ('a'), ('a')) AS rows(v)
