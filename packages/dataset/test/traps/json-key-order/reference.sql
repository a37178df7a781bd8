SELECT * FROM (VALUES (1, CAST('1' AS JSON)), (2, CAST('{"a":1,"b":2}' AS JSON)), (3, CAST('2' AS JSON))) AS rows(id, v)
