// The action's main step. The first line comes before anything heavy is loaded.
process.stdout.write("Rehearse: reading the workflow step\n");
const { mainStep } = await import("./main-step.ts");
process.exitCode = await mainStep();
