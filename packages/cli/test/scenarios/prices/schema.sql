create table prices (id int primary key, region text not null, amount numeric(10,2) not null, tax numeric(10,2));
