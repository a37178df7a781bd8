SELECT * FROM (VALUES (1, CAST('1' AS JSON)), (2, CAST('null' AS JSON)), (3, CAST('2' AS JSON))) AS rows(id, v)
