import { engineOf, type Draft } from "../draft.ts";
import { describe, unknownWord, type Finding, type Path } from "../finding.ts";
import { parseTemplate } from "../template.ts";

/** Values of `env` and URLs must be templates that name a service and one of its connection values; a stage has an output folder besides. */
export function* badTemplates(draft: Draft): Iterable<Finding> {
  for (const { text, path } of textsIn(draft.plain, [])) {
    if (!isTemplate(path)) continue;
    const { template, fault } = parseTemplate(text);
    for (const part of template) {
      if (typeof part === "string") continue;
      if ("service" in part) yield* unknownValue(draft, { ...part, path });
      else if (path[0] !== "stages")
        yield { path, message: "only a stage has an output folder", expected: "a connection value", got: describe("${output}") };
    }
    if (fault !== undefined) yield { path, ...fault, got: describe(fault.got) };
  }
}

/** Anywhere else `${services.…}` would be handed on as it stands. */
export function* templatesOutsideEnv(draft: Draft): Iterable<Finding> {
  for (const { text, path } of textsIn(draft.plain, [])) {
    const [reference] = (isWordOfRun(path) ? /\$\{(services\.[^}]*\}?|output\})/ : /\$\{services\.[^}]*\}?/).exec(text) ?? [];
    if (reference === undefined || isTemplate(path)) continue;
    yield {
      path,
      message: `${reference === "${output}" ? "the output folder is" : "connection values are"} filled in only in \`env\``,
      expected: "a variable of `env` that has the value, used here by its name",
      got: describe(reference),
    };
  }
}

function* unknownValue(
  draft: Draft,
  reference: { readonly service: string; readonly value: string; readonly path: Path },
): Iterable<Finding> {
  const { service, value, path } = reference;
  if (!draft.serviceNames.includes(service)) yield unknownWord({ kind: "service", word: service, known: draft.serviceNames, path });
  const engine = engineOf(draft, service);
  if (engine === undefined || engine.connectionNames.includes(value)) return;
  yield unknownWord({ kind: `connection value of ${engine.name}`, word: value, known: engine.connectionNames, path });
}

/** `stages.<name>.env.<NAME>`, `seeds[n].from.env.<NAME>` or `checks.assert[n].http.url`. */
function isTemplate(path: Path): boolean {
  const [root, first, second, third, fourth] = path;
  return (
    (root === "stages" && second === "env" && path.length === 4) ||
    (root === "seeds" && second === "from" && third === "env" && path.length === 5) ||
    (root === "checks" && first === "assert" && third === "http" && fourth === "url" && path.length === 5)
  );
}

/** A word of a list is handed on as it stands; in the text of a script, `${output}` is a variable of the shell. */
function isWordOfRun(path: Path): boolean {
  return path[0] === "stages" && path[2] === "run" && path.length === 4;
}

function* textsIn(value: unknown, path: Path): Iterable<{ readonly text: string; readonly path: Path }> {
  if (typeof value === "string") yield { text: value, path };
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) yield* textsIn(inner, [...path, Array.isArray(value) ? Number(key) : key]);
}
