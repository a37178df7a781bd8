SELECT 1 AS id, 'a' AS v, 'b' AS w
