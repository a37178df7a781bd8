create table orders (id UInt32, customer String, amount Decimal(10, 2)) engine = MergeTree order by id;
create table totals (customer String, amount Decimal(10, 2), updated_at DateTime64(6) default now64(6)) engine = MergeTree order by customer;
create table notes (text String) engine = MergeTree order by text;
