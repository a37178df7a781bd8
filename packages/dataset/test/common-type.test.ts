import { expect, test } from "vitest";
import { isCanonicalType, type CanonicalType } from "../src/index.ts";
import { fromText, toText } from "../src/types/canonical-text.ts";
import { canonicalNumber } from "../src/types/canonical-number.ts";
import { commonType } from "../src/types/common-type.ts";
import { literal } from "../src/tables/sql-text.ts";
import { allTypes, valuesOf } from "./support/nasty-values.ts";
import { openWorkshop } from "./support/table-workshop.ts";

const simple = allTypes.filter((type) => !/^(list|map|struct)/.test(type));

/** What a text stands for, so that texts of two types are equal exactly when they stand for the same value; plain JavaScript, apart from how it is done. */
function meaning(type: CanonicalType, text: string, withFloat: boolean): string {
  if (type === "float32") return exactDouble(Math.fround(Number(text)));
  if (type === "float64" || withFloat) return exactDouble(Number(text));
  if (/^(u?int|decimal|number)/.test(type)) return canonicalNumber(text);
  return type.startsWith("time") && !type.endsWith("_ns") ? text.replace(/\.\d{6}/, (fraction) => `${fraction}000`) : text;
}

function exactDouble(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

test("values of two types with a common one are equal there exactly when they are the same value, for all types and values that have gone wrong", async () => {
  await using workshop = await openWorkshop();
  let pairs = 0;
  for (const before of simple)
    for (const after of simple) {
      const common = commonType({ type: before, source: "old" }, { type: after, source: "new" });
      if ("notComparable" in common) continue;
      pairs += 1;
      const sides = [
        { type: before, bring: common.reference },
        { type: after, bring: common.current },
      ];
      const brought = sides.map(
        ({ type, bring }) =>
          `SELECT ${literal(type)} AS type, text, ${toText(common.type, "v")} AS common FROM (SELECT text, ${bring(`(${fromText({ type, text: "text", column: "v" })})`)} AS v
           FROM (SELECT unnest([${valuesOf(type)
             .filter((text) => !text.includes("\0"))
             .map(literal)
             .join(", ")}]) AS text))`,
      );
      const cells = await workshop.tables.query(brought.join(" UNION ALL "), `${before} and ${after}`);
      const isFloat = common.type.startsWith("float");
      const same = new Map<string, string>();
      for (const [type, text, got] of cells) {
        const value = meaning(simple.find((it) => it === type) ?? before, text ?? "", isFloat);
        expect([before, after, text, same.get(value) ?? got]).toEqual([before, after, text, got]);
        same.set(value, got ?? "");
      }
      expect([before, after, new Set(same.values()).size]).toEqual([before, after, same.size]);
    }
  expect(pairs).toBeGreaterThan(300);
});

test.each<[CanonicalType, CanonicalType, CanonicalType]>([
  ["int32", "int64", "int64"],
  ["uint64", "int64", "decimal(20,0)"],
  ["decimal(18,2)", "decimal(18,4)", "decimal(20,4)"],
  ["decimal(38,2)", "decimal(38,10)", "decimal(46,10)"],
  ["int32", "float64", "float64"],
  ["text", "enum", "text"],
  ["list(int32)", "list(int64)", "list(int64)"],
  ["map(text,float32)", "map(enum,float64)", "map(text,float64)"],
  ['struct("a" int8, "b" int16)', 'struct("a" int16, "b" int8)', 'struct("a" int16, "b" int16)'],
  ['struct("a, (b" int8, "c" int16)', 'struct("a, (b" int16, "c" int8)', 'struct("a, (b" int16, "c" int16)'],
])("%s and %s are compared as %s, both ways", (a, b, type) => {
  for (const [reference, current] of [
    [a, b],
    [b, a],
  ] as const)
    expect(commonType({ type: reference, source: reference }, { type: current, source: current })).toMatchObject({ type });
});

test.each<[CanonicalType, CanonicalType]>([
  ["timestamp", "timestamptz"],
  ["int64", "float64"],
  ["number", "float64"],
  ["decimal(10,2)", "float64"],
  ["text", "int32"],
  ["text", "uuid"],
  ["text", "json"],
  ["boolean", "int8"],
  ["date", "timestamp"],
  ["bytes", "text"],
  ["list(text)", "list(int32)"],
  ["list(text)", "text"],
  ['struct("a" int8)', 'struct("b" int8)'],
  ['struct("a" int8)', 'struct("a" int8, "b" int8)'],
  ["map(text,text)", "list(text)"],
])("%s is not compared with %s", (a, b) => {
  const said = { notComparable: expect.stringContaining(`its type changed from ${a} to ${b}`) };
  expect(commonType({ type: a, source: a }, { type: b, source: b })).toEqual(said);
});

test("numbers are compared as written in one declaration, by value between two", async () => {
  await using workshop = await openWorkshop();
  const equal = async (source: string): Promise<unknown> => {
    const common = commonType({ type: "number", source: "numeric(18,2)" }, { type: "number", source });
    if ("notComparable" in common) throw new Error(common.notComparable);
    return (await workshop.tables.query(`SELECT ${common.reference("'1.10'")} = ${common.current("'1.1000'")}`, "comparing"))[0]?.[0];
  };
  expect(await equal("numeric(18,2)")).toBe("false");
  expect(await equal("numeric(18,4)")).toBe("true");
});

test("parts of composites are brought to the types that they have in common", async () => {
  await using workshop = await openWorkshop();
  const [before, after] = ['map(text,struct("a" decimal(5,2), "b" float32))', 'map(enum,struct("a" decimal(7,3), "b" float64))'] as const;
  const common = commonType({ type: before, source: "" }, { type: after, source: "" });
  if ("notComparable" in common) throw new Error(common.notComparable);
  const rows = await workshop.tables.query(
    `SELECT ${common.reference(literal('[["x",{"a":"1.50","b":"0.5"}],["y",null]]'))}, ${common.current(literal('[["x",{"a":"1.500","b":"0.5"}],["y",null]]'))}, ${common.reference(literal('[["x",{"a":null,"b":"0.1"}]]'))}`,
    "comparing",
  );
  const both = '[["x",{"a":"1.500","b":"0.5"}],["y",null]]';
  expect(rows).toEqual([[both, both, '[["x",{"a":null,"b":"0.10000000149011612"}]]']]);
});

test("a decimal has at least one digit, and at most a thousand, before or after its point", () => {
  const types = ["decimal(1,0)", "decimal(1000,1000)", "decimal(2,5)", "decimal(0,0)", "decimal(1001,0)", "decimal(1,1001)"];
  expect(types.filter(isCanonicalType)).toEqual(["decimal(1,0)", "decimal(1000,1000)", "decimal(2,5)"]);
});
