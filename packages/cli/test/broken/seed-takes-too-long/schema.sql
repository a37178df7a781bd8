select sleepEachRow(1) from numbers(20) settings max_block_size = 1, function_sleep_max_microseconds_per_block = 60000000;
