/** A type as DuckDB writes it, `STRUCT(a INTEGER[], "b c" MAP(VARCHAR, BIGINT))`, in its parts. */
export type DuckDBType =
  | { readonly kind: "simple"; readonly name: string }
  | { readonly kind: "list"; readonly element: DuckDBType }
  | { readonly kind: "map"; readonly key: DuckDBType; readonly value: DuckDBType }
  | { readonly kind: "struct"; readonly fields: readonly { readonly name: string; readonly type: DuckDBType }[] };

/** Reads the name of a type; what is neither list, map nor struct is simple, whatever it says. */
export function parseDuckDBType(text: string): DuckDBType {
  const array = /^(.*)\[\d*\]$/s.exec(text)?.[1];
  if (array !== undefined) return { kind: "list", element: parseDuckDBType(array) };
  const [, kind, inner = ""] = /^(STRUCT|MAP)\((.*)\)$/s.exec(text) ?? [];
  if (kind === "STRUCT") return { kind: "struct", fields: atTopLevel(inner).map(parseField) };
  const [key, value] = kind === "MAP" ? atTopLevel(inner) : [];
  if (key === undefined || value === undefined) return { kind: "simple", name: text };
  return { kind: "map", key: parseDuckDBType(key), value: parseDuckDBType(value) };
}

function parseField(text: string): { name: string; type: DuckDBType } {
  const [, quoted, plain = "", type = ""] = /^(?:"((?:[^"]|"")*)"|([^\s"]+)) (.*)$/s.exec(text) ?? [];
  return { name: quoted?.replaceAll('""', '"') ?? plain, type: parseDuckDBType(type) };
}

/** The parts between the commas that stand in no parentheses and no quotes. */
function atTopLevel(text: string): string[] {
  const parts: string[] = [];
  let [start, depth] = [0, 0];
  let quote = "";
  for (const { 0: letter, index: at } of text.matchAll(/[(),"']/g)) {
    if (quote !== "") quote = letter === quote ? "" : quote;
    else if (letter === '"' || letter === "'") quote = letter;
    else if (letter === "(") depth += 1;
    else if (letter === ")") depth -= 1;
    else if (letter === "," && depth === 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)].map((part) => part.trim());
}
