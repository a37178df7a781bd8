// The program that started this one is the action's main step.
process.kill(process.ppid, "SIGKILL");
setInterval(() => {}, 1000);
