SELECT * FROM (VALUES (1, CAST([1.5] AS DOUBLE[])), (2, CAST(['nan'::DOUBLE] AS DOUBLE[])), (3, CAST([2.5] AS DOUBLE[]))) AS rows(id, v)
