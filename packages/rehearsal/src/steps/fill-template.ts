import type { Template } from "@rehearse/config";
import type { ConnectionValues } from "@rehearse/services";

/** What the templates of the file are filled in with. */
export interface TemplateValues {
  readonly services: ReadonlyMap<string, { readonly values: ConnectionValues }>;
  /** The output folder of the stage that is about to run. */
  readonly output?: string | undefined;
}

/** A text with every `${services.…}` and `${output}` replaced. The configuration has checked that all exist. */
export function fillTemplate(template: Template, { services, output }: TemplateValues): string {
  return template
    .map((part) => {
      if (typeof part === "string") return part;
      const value = "folder" in part ? output : services.get(part.service)?.values[part.value];
      if (value === undefined) throw new Error(`${JSON.stringify(part)} passed the configuration but has no value`);
      return value;
    })
    .join("");
}
