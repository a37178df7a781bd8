SELECT * FROM (VALUES (1, CAST('x' AS VARCHAR)), (2, CAST('a' || chr(8203) || 'b' AS VARCHAR)), (3, CAST('b' AS VARCHAR))) AS rows(id, v)
