// Makes an environment with a server and a step that leaves a process behind, saying each thing it does on standard output; dies where it is told.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { cleanEnvironment, runProgram, startServer } from "@rehearse/process";
import { createEnvironment } from "../../src/environment/create-environment.ts";

const [mode = "", death = ""] = process.argv.slice(2);
const sleeper = ["-c", "sleep 600 & wait"];
const leaver = ["-c", "(setsid sleep 600 &) ; echo left; exec sleep 600"];

function say(what: string): void {
  process.stdout.write(`${what}\n`);
  if (what === death) process.kill(process.pid, "SIGKILL");
}

const environment = await createEnvironment({
  scenario: "crash",
  scenarioDirectory: import.meta.dirname,
  mode: mode === "up" ? "up" : "test",
  ttlSeconds: 60,
});
const { directory, home, tmp, logs, ledger, label } = environment;
say("environment made");
const env = cleanEnvironment({ home, tmp, declared: {} });
const data = join(directory, "core");
ledger.makeDirectory({ id: "core", path: data, mode: 0o700 });
mkdirSync(join(data, "deep", "er"), { recursive: true });

await ledger.makeProcess({ id: "core", service: "core" }, async () => {
  say("server intended");
  const command = { file: "bash", args: sleeper, env, cwd: data };
  const server = await startServer({ command, label: { ...label, service: "core" }, logFile: join(logs, "core.log") });
  say("server started");
  return server;
});
say("server made");
if (mode === "test") {
  const onOutput = (text: string) => say(text.trim());
  const command = { file: "bash", args: leaver, env, cwd: tmp };
  await runProgram({ command, label: { ...label, step: "leaver" }, logFile: join(logs, "leaver.log"), timeoutMs: 600_000, onOutput });
}
