SELECT * FROM (VALUES (1, CAST('3' AS JSON)), (2, CAST('1' AS JSON)), (3, CAST('2' AS JSON))) AS rows(id, v)
