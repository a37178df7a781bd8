create table visits (id UInt64, page String, seen DateTime64(6) default now64(6)) engine = MergeTree order by tuple();
insert into visits (id, page) select number, concat('page ', toString(number % 13)) from numbers(100000);
