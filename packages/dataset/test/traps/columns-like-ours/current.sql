SELECT 1 AS id, 1 AS v, 2 AS v_r, 3 AS v_df1, 4 AS v_df2, 6 AS _merge, 6 AS r, 7 AS c, 8 AS here
