import type { LeftEnvironment } from "@rehearse/rehearsal";

/** How to reach what runs, and the command that ends it. Passwords stay in a file that only the user can read, and that goes with the environment. */
export function connectionLines({ id, services, variablesFile }: LeftEnvironment, down: string): string {
  const width = Math.max(...services.map(({ service }) => service.length));
  return [
    "",
    `  environment ${id} is running`,
    ...services.map(({ service, title, host, port }) => `  ${service.padEnd(width)}  ${title} on ${host}:${port}`),
    "",
    `  connect  source ${variablesFile}   # ${services.map(({ example }) => example).join(", ")}, …`,
    `  down     ${down}`,
    "",
  ].join("\n");
}
