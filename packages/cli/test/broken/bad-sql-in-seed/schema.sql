create table orders (id UInt32, customer String, amount Decimal(10, 2)) engine = MergeTree order by id;
create tabel totals (customer String) engine = MergeTree order by customer;
