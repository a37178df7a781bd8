SELECT 'a' AS id, 'bc' AS v, 1 AS w
