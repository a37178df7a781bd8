SELECT * FROM (VALUES (1, CAST('a' AS VARCHAR)), (2, CAST('abc' AS VARCHAR)), (3, CAST('b' AS VARCHAR))) AS rows(id, v)
