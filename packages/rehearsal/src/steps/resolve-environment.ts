import type { Program } from "@rehearse/config";
import type { ConnectionValues } from "@rehearse/services";

/** A program's declared variables with every `${services.…}` replaced by the running service's value. The configuration has checked that all exist. */
export function resolveEnvironment(env: Program["env"], services: ReadonlyMap<string, ConnectionValues>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).map(([name, template]) => [
      name,
      template.map((part) => (typeof part === "string" ? part : valueOf(services, part))).join(""),
    ]),
  );
}

function valueOf(services: ReadonlyMap<string, ConnectionValues>, part: { readonly service: string; readonly value: string }): string {
  const value = services.get(part.service)?.[part.value];
  if (value === undefined) throw new Error(`\${services.${part.service}.${part.value}} passed the configuration but has no value`);
  return value;
}
