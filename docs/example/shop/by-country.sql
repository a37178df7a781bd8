SELECT country, sum(amount) AS total FROM prices GROUP BY country
