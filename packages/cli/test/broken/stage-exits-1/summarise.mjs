console.error("the warehouse is on fire");
process.exitCode = 1;
