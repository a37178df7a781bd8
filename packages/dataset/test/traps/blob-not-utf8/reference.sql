SELECT * FROM (VALUES (1, CAST('a'::BLOB AS BLOB)), (2, CAST('\xC3\x28'::BLOB AS BLOB)), (3, CAST('b'::BLOB AS BLOB))) AS rows(id, v)
