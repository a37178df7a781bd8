create table orders (id UInt32, customer String, amount Decimal(10, 2)) engine = MergeTree order by id;
create table totals (customer String, amount Decimal(10, 2)) engine = MergeTree order by customer;
