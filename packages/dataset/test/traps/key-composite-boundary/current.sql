SELECT 'ab' AS id, 'c' AS v, 1 AS w
