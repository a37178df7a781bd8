process.stderr.write("the price list is missing\n");
process.exitCode = 1;
