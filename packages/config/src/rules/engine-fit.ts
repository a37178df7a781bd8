import { engineOf, type Draft } from "../draft.ts";
import type { Finding, Path } from "../finding.ts";
import { splitTable } from "../split-table.ts";

/** SQL needs an engine that speaks it: queries of datasets, assertions. */
export function* sqlWithoutEngine(draft: Draft): Iterable<Finding> {
  for (const { path, value } of draft.stages) {
    for (const [index, write] of (value.writes ?? []).entries()) {
      if (typeof write !== "string" && "in" in write)
        yield* needsSql(draft, { what: "a query", service: write.in, path: [...path, "writes", index, "in"] });
    }
  }
  for (const { path, value } of draft.assertions) {
    if (value.in !== undefined) yield* needsSql(draft, { what: "an assertion", service: value.in, path: [...path, "in"] });
  }
}

/** A script is for a service that speaks SQL; rows are for a table. */
export function* seedTargets(draft: Draft): Iterable<Finding> {
  for (const seed of draft.seeds) {
    const { into, from } = seed.value;
    if (into === undefined || from === undefined) continue;
    const path = [...seed.path, "into"];
    const { service, table } = splitTable(into);
    const isScript = typeof from === "string" && from.endsWith(".sql");
    if (isScript) yield* needsSql(draft, { what: "a .sql script", service, path });
    if (isScript && table !== undefined) {
      yield { path, message: "a .sql script is for a service, not for a table", expected: service, got: into };
    }
    if (!isScript && table === undefined) yield { path, message: "rows are for a table", expected: `${service}.<table>`, got: into };
  }
}

function* needsSql(draft: Draft, use: { readonly what: string; readonly service: string; readonly path: Path }): Iterable<Finding> {
  const { what, service, path } = use;
  const engine = engineOf(draft, service);
  if (engine === undefined || engine.sql) return;
  const fit = draft.services.filter(({ name }) => engineOf(draft, name)?.sql === true).map(({ name }) => name);
  yield {
    path,
    message: `${what} needs an engine that speaks SQL`,
    expected: fit.length === 0 ? "a service with such an engine" : fit.join(" or "),
    got: `${service}, which is ${engine.name}`,
  };
}
