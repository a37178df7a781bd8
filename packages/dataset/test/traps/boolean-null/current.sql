SELECT * FROM (VALUES (1, CAST(true AS BOOLEAN)), (2, CAST(false AS BOOLEAN)), (3, CAST(false AS BOOLEAN))) AS rows(id, v)
