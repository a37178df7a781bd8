import type { Program } from "@rehearse/config";
import { fillTemplate, type TemplateValues } from "./fill-template.ts";

/** A program's declared variables with their templates filled in. */
export function resolveEnvironment(env: Program["env"], values: TemplateValues): Record<string, string> {
  return Object.fromEntries(Object.entries(env).map(([name, template]) => [name, fillTemplate(template, values)]));
}
