import type { CanonicalType, Cell, ColumnRules, ComparisonRules } from "@rehearse/dataset";
import fc from "fast-check";
import { float32Text, float64Text } from "./arbitrary-cells.ts";
import { floatOf, isExact, isFloat } from "./plain-value.ts";

/** Rules that make sense for some columns; null where a column has not one type. */
export function arbitraryRules(
  columns: readonly { readonly name: string; readonly type: CanonicalType | null }[],
): fc.Arbitrary<Omit<ComparisonRules, "key">> {
  const perColumn = columns.map(({ type }) => fc.option(type === null ? fc.constant(null) : columnRules(type), { freq: 3, nil: null }));
  return fc
    .tuple(
      fc.tuple(...perColumn),
      fc.subarray(
        columns.map(({ name }) => name),
        { maxLength: 1 },
      ),
      fc.nat(3),
    )
    .map(([found, ignored, chance]) => {
      const ignore = chance === 0 ? ignored : [];
      const named = found.flatMap((rules, index) => {
        const name = columns[index]?.name ?? "";
        return rules === null || ignore.includes(name) ? [] : [[name, rules] as const];
      });
      return { ignore, columns: Object.fromEntries(named) };
    });
}

const timed = /^(time|timestamp|timestamptz)(_ns)?$/;

function columnRules(type: CanonicalType): fc.Arbitrary<ColumnRules | null> {
  if (isFloat(type))
    return fc.constantFrom<ColumnRules>(
      { tolerance: { abs: "0.5" } },
      { tolerance: { rel: 0.25 } },
      { tolerance: { ulp: 3 } },
      { tolerance: { abs: "0.000001", ulp: 1 } },
    );
  if (isExact(type)) return fc.constantFrom<ColumnRules>({ tolerance: { abs: "3" } }, { tolerance: { abs: "0.05" } });
  if (timed.test(type)) return fc.constantFrom<ColumnRules>({ tolerance: { timeUs: 4 } }, { tolerance: { timeUs: 86_400_000_000 } });
  if (type === "text") return fc.constantFrom<ColumnRules>({ trim: true }, { transform: "substr(value, 1, 1)" });
  if (type.startsWith("list(")) return fc.constant<ColumnRules>({ unordered: true });
  if (type === "json") return fc.constantFrom<ColumnRules>({ json: { ignorePaths: ["/a"] } }, { json: { ignorePaths: ["/b", "/a/b"] } });
  return fc.constant(null);
}

/** A cell that is almost the same: what tolerances are for, and what exact comparison must not miss. */
export function nearby(type: CanonicalType, { cell, by }: { readonly cell: Cell; readonly by: number }): Cell {
  if (cell === null) return null;
  if (isFloat(type)) return nudgedFloat(type, { cell, by });
  if (/^u?int\d+$/.test(type)) return cell.startsWith("-") || cell.length > 2 ? cell : String(BigInt(cell) + BigInt(by));
  if (type.startsWith("decimal(")) return cell.replace(/\d$/, String(by));
  // The last ones of their types: what is beyond is no value.
  if (/^(24:|1677-|2262-)/.test(cell)) return cell;
  if (timed.test(type)) return cell.replace(/\d(?=\+00|( BC)?$)/, String(by));
  if (type === "text") return by < 5 ? `${cell} ` : `\t${cell}`;
  if (type.startsWith("list(")) return JSON.stringify((JSON.parse(cell) as unknown[]).toReversed());
  return cell;
}

function nudgedFloat(type: CanonicalType, { cell, by }: { readonly cell: string; readonly by: number }): string {
  const value = floatOf(type, cell);
  if (!Number.isFinite(value)) return cell;
  const view = new DataView(new ArrayBuffer(8));
  if (type === "float32") {
    view.setFloat32(0, value);
    view.setUint32(0, view.getUint32(0) + by);
    return float32Text(view.getFloat32(0));
  }
  view.setFloat64(0, value);
  view.setBigUint64(0, view.getBigUint64(0) + BigInt(by));
  return float64Text(view.getFloat64(0));
}
