import { findProgram, rehearseCommand, runInForeground } from "@rehearse/process";
import { connectToService, type ServiceConnection } from "@rehearse/rehearsal";
import type { Output } from "../output.ts";
import { tellOthers } from "../tell-others.ts";

export interface ConnectOptions {
  readonly service: string;
  readonly scenario: string;
  readonly environment?: string;
  /** What comes after `--`. */
  readonly command: readonly string[];
}

/** `rehearse connect`: runs a command, or the engine's own client, with all that is needed to reach a service; says how to connect where there is none. */
export async function connectCommand(
  { service, scenario, environment, command }: ConnectOptions,
  { output, signal }: { readonly output: Output; readonly signal: AbortSignal },
): Promise<number> {
  const connection = await connectToService({ path: scenario, service, environment });
  tellOthers(connection, output);
  const [file, ...args] = command.length > 0 ? command : (clientOf(connection) ?? []);
  if (file !== undefined) return runInForeground({ file, args, env: environmentOf(connection, output.env), cwd: process.cwd() }, signal);
  output.stdout.write(howToConnect(service, connection));
  return 0;
}

/** The first of the engine's clients that is installed. */
function clientOf({ client }: ServiceConnection): readonly string[] | undefined {
  return client.commands.find(([program]) => findProgram(program) !== null);
}

/** The caller's own variables for the engine's programs would lead them elsewhere, perhaps to a server that matters. */
function environmentOf({ client, variables }: ServiceConnection, caller: Output["env"]): Record<string, string> {
  const kept = Object.entries(caller).flatMap(([name, value]) =>
    value === undefined || name.startsWith(client.prefix) ? [] : [[name, value]],
  );
  return { ...Object.fromEntries(kept), ...variables };
}

function howToConnect(service: string, { environment, title, variablesFile, client }: ServiceConnection): string {
  const programs = client.commands.map(([program]) => program).join(", ");
  return [
    `  ${service} is ${title} in environment ${environment}; no client for it is on PATH (${programs})`,
    "",
    `  variables  source ${variablesFile}`,
    `  command    ${rehearseCommand()} connect ${service} -- <command>   # has them, and ${Object.keys(client.variables).join(", ")}`,
    "",
  ].join("\n");
}
