// Keeps a processor busy for so many milliseconds of CPU time.
const [ms] = process.argv.slice(2);
while (process.cpuUsage().user / 1000 < Number(ms));
