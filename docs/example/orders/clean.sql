INSERT INTO paid SELECT id, customer, amount FROM orders WHERE state = 'paid'
