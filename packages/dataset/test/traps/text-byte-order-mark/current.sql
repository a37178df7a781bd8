SELECT * FROM (VALUES (1, CAST('x' AS VARCHAR)), (2, CAST(chr(65279) || 'ab' AS VARCHAR)), (3, CAST('b' AS VARCHAR))) AS rows(id, v)
