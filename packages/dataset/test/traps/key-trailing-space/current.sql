SELECT 'a ' AS id, 1 AS v
