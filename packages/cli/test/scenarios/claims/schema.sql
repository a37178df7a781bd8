create table accounts (id int primary key, owner text not null, balance numeric(10,2) not null);
insert into accounts values (1, 'ada', 10.00), (2, 'bob', 20.00), (3, 'cy', 5.50);
create table orders (id int primary key, account_id int);
insert into orders values (1, 1), (2, 2), (3, 2), (4, null), (5, 9), (6, 8), (7, 9);
create table paid (account_id int primary key);
insert into paid values (1), (2);
