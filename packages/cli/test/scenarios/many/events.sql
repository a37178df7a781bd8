create table events (id bigint primary key, "at" timestamptz not null, "Name" text, amount numeric(12, 2));
insert into events
select id, '2026-01-01 00:00:00+00'::timestamptz + id * interval '1 second', nullif('event ' || id % 7, 'event 0'), id * 1.25
from generate_series(1, 2000) id;
