/** A type of ClickHouse as the server writes it: `Map(String, UInt8)` has the name `Map` and two arguments. */
export interface ParsedType {
  readonly name: string;
  readonly args: readonly string[];
}

/** A part of a Tuple: a field with a name, or a place. */
export interface TuplePart {
  readonly name: string | null;
  readonly type: string;
}

/** The type's name and its arguments. */
export function parseType(type: string): ParsedType {
  const open = type.indexOf("(");
  return open < 0 ? { name: type, args: [] } : { name: type.slice(0, open), args: splitAtCommas(type.slice(open + 1, -1)) };
}

/** The type without what only says how or whether a value is stored. */
export function bareType(source: string): string {
  const { name, args } = parseType(source);
  const inner = name === "SimpleAggregateFunction" ? args[1] : name === "Nullable" || name === "LowCardinality" ? args[0] : undefined;
  return inner === undefined ? source : bareType(inner);
}

/** An argument of `Tuple` or `Nested`: `` `a b` UInt8 ``, `a UInt8` or `UInt8`. */
export function tuplePart(argument: string): TuplePart {
  const [, quoted, plain, type] = /^(?:`((?:[^`\\]|\\.)*)`|([A-Za-z_]\w*)) (.+)$/s.exec(argument) ?? [];
  if (type === undefined) return { name: null, type: argument };
  return { name: plain ?? (quoted ?? "").replaceAll(/\\(.)/g, "$1"), type };
}

/** The parts between the commas that stand in no parentheses and no quotes. */
function splitAtCommas(list: string): string[] {
  const parts = [...list.matchAll(/'(?:[^'\\]|\\.|'')*'|`(?:[^`\\]|\\.)*`|[(),]|[^'`(),]+/gs)];
  const found = [""];
  let depth = 0;
  for (const [part] of parts) {
    if (part === "(") depth += 1;
    if (part === ")") depth -= 1;
    if (part === "," && depth === 0) found.push("");
    else found[found.length - 1] += part;
  }
  return list === "" ? [] : found.map((part) => part.trim());
}
