import type { CanonicalType, Cell, ColumnRules, ComparisonRules } from "@rehearse/dataset";
import { isExact, isFloat, jsonText } from "./plain-value.ts";
import type { TruthTable } from "./truth-case.ts";

/** A column that both sides have and whose cells can be compared. */
export interface PlainColumn {
  readonly name: string;
  readonly reference: CanonicalType;
  readonly current: CanonicalType;
  readonly rules: ColumnRules;
  /** A cell as its rules want it read. */
  readonly read: (cell: Cell, side: "reference" | "current") => Cell;
}

/** Pairs the columns of two tables: what is compared, what the schemas differ in, what cannot be compared. */
export function plainCells({
  reference,
  current,
  rules,
}: {
  readonly reference: TruthTable;
  readonly current: TruthTable;
  readonly rules: ComparisonRules;
}): { readonly compared: readonly PlainColumn[]; readonly schema: readonly string[]; readonly notCompared: readonly string[] } {
  const seen = (table: TruthTable) => table.columns.filter(({ name }) => !rules.ignore.includes(name));
  const [before, after] = [seen(reference), seen(current)];
  const pairs = after.flatMap((now) => {
    const old = before.find(({ name }) => name === now.name);
    return old === undefined ? [] : [{ name: now.name, reference: old.type, current: now.type }];
  });
  const only = (one: typeof before, other: typeof before) => one.filter(({ name }) => !other.some((it) => it.name === name));
  const retyped = pairs.filter((it) => it.reference !== it.current);
  const comparable = pairs.filter((it) => it.reference === it.current || haveCommonType(it.reference, it.current));
  return {
    compared: comparable.map((it) => ({ ...it, rules: rules.columns?.[it.name] ?? {}, read: reader(it, rules.columns?.[it.name] ?? {}) })),
    schema: [
      ...only(after, before).map(({ name }) => `added ${name}`),
      ...only(before, after).map(({ name }) => `removed ${name}`),
      ...retyped.map(({ name }) => `type ${name}`),
    ].toSorted(),
    notCompared: pairs.filter((it) => !comparable.includes(it)).map(({ name }) => name),
  };
}

/** Of the pairs that are made here, those of numbers of one kind can be compared. */
function haveCommonType(one: CanonicalType, other: CanonicalType): boolean {
  return (isExact(one) && isExact(other)) || (isFloat(one) && isFloat(other));
}

function reader({ reference, current }: Pick<PlainColumn, "reference" | "current">, rules: ColumnRules): PlainColumn["read"] {
  return (cell, side) => {
    const type = side === "reference" ? reference : current;
    if (cell === null) return null;
    if (rules.transform !== undefined) return Array.from(cell).slice(0, 1).join("");
    if (rules.trim === true) return cell.trim();
    if (rules.unordered === true) return JSON.stringify((JSON.parse(cell) as unknown[]).map((it) => JSON.stringify(it)).toSorted());
    if (rules.json !== undefined && type === "json") return without(cell, rules.json.ignorePaths);
    return cell;
  };
}

/** A document without what some JSON Pointers of plain names lead to. */
function without(text: string, pointers: readonly string[]): string {
  const normal = jsonText(text);
  if (normal.startsWith("as written")) return text;
  const document = parseKeepingNumbers(text);
  for (const pointer of pointers) {
    const steps = pointer.split("/").slice(1);
    const last = steps.pop() ?? "";
    const holder = steps.reduce<unknown>(
      (at, step) => (typeof at === "object" && at !== null ? Reflect.get(at, step) : undefined),
      document,
    );
    if (typeof holder === "object" && holder !== null && !Array.isArray(holder) && !JSON.isRawJSON(holder))
      Reflect.deleteProperty(holder, last);
  }
  return JSON.stringify(document);
}

/** A document whose numbers keep the digits that a double cannot hold. */
function parseKeepingNumbers(text: string): unknown {
  return JSON.parse(text, (_, value: unknown, context) =>
    typeof value === "number" ? JSON.rawJSON(context?.source ?? String(value)) : value,
  );
}
