CREATE TABLE orders (id UInt32, customer String, amount Decimal(10, 2), state String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE paid (id UInt32, customer String, amount Decimal(10, 2)) ENGINE = MergeTree ORDER BY id;
CREATE TABLE totals (customer String, total Decimal(10, 2), updated_at DateTime DEFAULT now()) ENGINE = MergeTree ORDER BY customer;
