SELECT * FROM (VALUES (1, CAST('x' AS VARCHAR)), (2, CAST('e' || chr(769) AS VARCHAR)), (3, CAST('b' AS VARCHAR))) AS rows(id, v)
