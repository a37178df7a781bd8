INSERT INTO totals (customer, total) SELECT customer, sum(amount) FROM paid GROUP BY customer
