import type { Template } from "./scenario.ts";

const valueSyntax = "${services.<service>.<value>} or ${output}";

/** Why a text is not a template. */
export interface TemplateFault {
  readonly message: string;
  readonly expected: string;
  readonly got: string;
}

/** Takes `${services.core.url}` and `${output}` out of a text; `$${` stands for `${`. A faulty text is parsed up to its fault. */
export function parseTemplate(text: string): { readonly template: Template; readonly fault?: TemplateFault } {
  const parts: Template[number][] = [];
  let literal = "";
  let rest = text;
  for (let open = rest.indexOf("${"); open !== -1; open = rest.indexOf("${")) {
    if (rest[open - 1] === "$") {
      literal += `${rest.slice(0, open - 1)}\${`;
      rest = rest.slice(open + 2);
      continue;
    }
    const [whole, service, value] = /^\$\{(?:services\.([\w-]+)\.([\w-]+)|output)\}/.exec(rest.slice(open)) ?? [];
    if (whole === undefined) return { template: parts, fault: badReference(rest.slice(open)) };
    literal += rest.slice(0, open);
    if (literal !== "") parts.push(literal);
    parts.push(service === undefined || value === undefined ? { folder: "output" } : { service, value });
    literal = "";
    rest = rest.slice(open + whole.length);
  }
  return { template: literal + rest === "" ? parts : [...parts, literal + rest] };
}

function badReference(text: string): TemplateFault {
  const close = text.indexOf("}");
  if (close === -1) return { message: '"${" without "}"', expected: `${valueSyntax}; write "$\${" for the two characters`, got: text };
  return {
    message: "only connection values of services and the output folder are filled in",
    expected: `${valueSyntax}; write "$\${" for the two characters`,
    got: text.slice(0, close + 1),
  };
}
