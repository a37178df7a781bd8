SELECT * FROM (VALUES (1, CAST('b' AS ENUM ('a', 'b', 'c'))), (2, CAST('a' AS ENUM ('a', 'b', 'c'))), (3, CAST('c' AS ENUM ('a', 'b', 'c')))) AS rows(id, v)
