SELECT 1 AS id, 'b' AS v, 'a' AS w
