create table customers (name text primary key);
insert into customers values ('Ada'), ('Grace');
