create table leaked (name String, value String) engine = MergeTree order by name;
