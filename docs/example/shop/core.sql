CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, country text NOT NULL);
