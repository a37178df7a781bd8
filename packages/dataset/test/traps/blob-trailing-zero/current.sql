SELECT * FROM (VALUES (1, CAST('b'::BLOB AS BLOB)), (2, CAST('a'::BLOB AS BLOB)), (3, CAST('c'::BLOB AS BLOB))) AS rows(id, v)
