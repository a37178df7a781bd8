create table orders (id bigint primary key, customer int not null, seen timestamptz not null default clock_timestamp(), amount numeric(12, 2));
insert into orders (id, customer, amount) select id, id % 97, id * 0.25 from generate_series(1, 100000) id;
