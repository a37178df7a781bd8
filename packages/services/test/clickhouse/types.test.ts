import { afterAll, beforeAll, expect, test } from "vitest";
import { inOrder, startServer, type TestServer } from "./server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const long = "115792089237316195423570985008687907853269984665640564039457584007913129639935";
const document = String.raw`{"b":9007199254740993,"a":"1","c":1,"t":"10:00","s":"x ","l":[1,"2"],"u":18446744073709551615,"q":"a/\""}`;
const documentText = String.raw`{"a":"1","b":9007199254740993,"c":1,"l":[1,"2"],"q":"a/\"","s":"x ","t":"10:00","u":18446744073709551615}`;

// Type, literal, canonical type, canonical text.
const values: [string, string, string, string | null][] = [
  ["Bool", "true", "boolean", "true"],
  ["Bool", "false", "boolean", "false"],
  ["Int8", "-128", "int8", "-128"],
  ["Int16", "-32768", "int16", "-32768"],
  ["Int32", "-2147483648", "int32", "-2147483648"],
  ["Int64", "-9223372036854775808", "int64", "-9223372036854775808"],
  ["Int64", "9007199254740993", "int64", "9007199254740993"],
  ["UInt8", "255", "uint8", "255"],
  ["UInt16", "65535", "uint16", "65535"],
  ["UInt32", "4294967295", "uint32", "4294967295"],
  ["UInt64", "18446744073709551615", "uint64", "18446744073709551615"],
  ["Int128", "toInt128('-170141183460469231731687303715884105728')", "int128", "-170141183460469231731687303715884105728"],
  ["UInt256", `toUInt256('${long}')`, "uint256", long],
  ["Decimal(4, 2)", "1.1", "decimal(4,2)", "1.10"],
  ["Decimal(18, 6)", "'123456789012.123456'", "decimal(18,6)", "123456789012.123456"],
  ["Decimal(38, 10)", "'1234567890123456789012345678.0123456789'", "decimal(38,10)", "1234567890123456789012345678.0123456789"],
  ["Decimal(76, 3)", "'1234567890123456789012345678901234567890.1'", "decimal(76,3)", "1234567890123456789012345678901234567890.100"],
  ["Nullable(Decimal(40, 1))", "NULL", "decimal(40,1)", null],
  ["Float32", "0.1", "float32", "0.1"],
  ["Float32", "-0.0", "float32", "-0"],
  ["Float64", "0.1 + 0.2", "float64", "0.30000000000000004"],
  ["Float64", "nan", "float64", "NaN"],
  ["Float64", "-inf", "float64", "-Infinity"],
  ["Float64", "5e-324", "float64", "5e-324"],
  ["BFloat16", "0.5", "float32", "0.5"],
  ["String", "''", "text", ""],
  ["String", "'trailing '", "text", "trailing "],
  ["String", "'\u00e9'", "text", "\u00e9"],
  ["String", "'e\u0301 😀'", "text", "e\u0301 😀"],
  ["String", "'a\\0b\\n\"'", "text", 'a\0b\n"'],
  ["String", "'2024-01-05'", "text", "2024-01-05"],
  ["FixedString(4)", "'ab'", "text", "ab"],
  ["LowCardinality(String)", "'low'", "text", "low"],
  ["LowCardinality(Nullable(String))", "NULL", "text", null],
  ["LowCardinality(Nullable(String))", "''", "text", ""],
  ["Nullable(UInt64)", "NULL", "uint64", null],
  ["Nullable(UInt64)", "0", "uint64", "0"],
  ["UUID", "'61F0C404-5CB3-11E7-907B-A6006AD3DBA0'", "uuid", "61f0c404-5cb3-11e7-907b-a6006ad3dba0"],
  ["Date", "'2149-06-06'", "date", "2149-06-06"],
  ["Date32", "'1900-01-01'", "date", "1900-01-01"],
  ["Date32", "'2299-12-31'", "date", "2299-12-31"],
  ["DateTime", "'2024-01-05 10:00:00'", "timestamptz", "2024-01-05 10:00:00.000000+00"],
  ["DateTime('Asia/Tokyo')", "'2024-01-05 10:00:00'", "timestamptz", "2024-01-05 01:00:00.000000+00"],
  ["DateTime64(3)", "'1900-01-01 00:00:00.001'", "timestamptz", "1900-01-01 00:00:00.001000+00"],
  ["DateTime64(6, 'America/New_York')", "'2024-11-03 12:00:00.123456'", "timestamptz", "2024-11-03 17:00:00.123456+00"],
  ["Nullable(DateTime64(6))", "'2299-12-31 23:59:59.999999'", "timestamptz", "2299-12-31 23:59:59.999999+00"],
  ["Enum8('a b' = 1, 'c''d' = 2)", "'c\\'d'", "enum", "c'd"],
  ["Enum16('x' = -300)", "'x'", "enum", "x"],
  ["SimpleAggregateFunction(sum, UInt64)", "7", "uint64", "7"],
  ["SimpleAggregateFunction(anyLast, Nullable(String))", "NULL", "text", null],
  ["JSON", `'${document.replaceAll("\\", "\\\\")}'`, "json", documentText],
  ["JSON(a UInt8, max_dynamic_paths = 0)", `'{"b":"x","a":1}'`, "json", '{"a":1,"b":"x"}'],
  ["Nullable(JSON)", "NULL", "json", null],
  ["IPv4", "'1.2.3.4'", "text", "1.2.3.4"],
  ["Nullable(IPv6)", "'::1'", "text", "::1"],
  ["DateTime64(9, 'Asia/Tokyo')", "'2024-01-05 10:00:00.123456789'", "timestamptz_ns", "2024-01-05 01:00:00.123456789+00"],
  ["DateTime64(7)", "'2024-01-05 10:00:00.1234567'", "timestamptz_ns", "2024-01-05 10:00:00.123456700+00"],
  ["Time", "'-12:30:01'", "interval", "0 mon 0 day -45001000000 us"],
  ["Time64(6)", "'999:59:59.5'", "interval", "0 mon 0 day 3599999500000 us"],
  ["IntervalWeek", "INTERVAL 2 WEEK", "interval", "0 mon 14 day 0 us"],
  ["Array(Nullable(UInt16))", "[1, NULL]", "list(uint16)", '["1",null]'],
  ["Array(Array(Float64))", "[[nan, -0.], []]", "list(list(float64))", '[["NaN","-0"],[]]'],
  ["Map(String, Array(UInt8))", "map('b', [1], 'a', [])", "map(text,list(uint8))", '[["a",[]],["b",["1"]]]'],
  ["Tuple(a UInt8, `b c` Nullable(String))", "(1, NULL)", 'struct("a" uint8, "b c" text)', '{"a":"1","b c":null}'],
  ["Point", "(1.5, -0.)", 'struct("1" float64, "2" float64)', '{"1":"1.5","2":"-0"}'],
  ["Variant(String, UInt8)", "'x'", 'struct("String" text, "UInt8" uint8)', '{"String":"x","UInt8":null}'],
  ["Variant(String, UInt8)", "NULL", 'struct("String" text, "UInt8" uint8)', null],
];

test("every value of every comparable type comes out as its canonical text, also after Parquet", async () => {
  const columns = values.map(([type], index) => `c${index} ${type}`);
  await server.run(`CREATE TABLE all_values (${columns.join(", ")}) ENGINE = MergeTree ORDER BY tuple()`);
  const literals = values.map(([, literal]) => literal);
  await server.run(`INSERT INTO all_values SELECT ${literals.join(", ")} SETTINGS input_format_try_infer_dates = 0`);
  const { extraction, cells } = await server.extract({ table: "all_values" });
  const types = extraction.columns.map(({ type }) => type);
  expect(values.map(([type, literal], index) => [type, literal, types[index], cells[0]?.[index]])).toEqual(values);
  expect(extraction.columns[32]?.source).toBe("LowCardinality(String)");
});

test.each([
  ["Dynamic", "Dynamic"],
  ["Time64(9)", "Time64"],
  ["IntervalNanosecond", "IntervalNanosecond"],
  ["AggregateFunction(sum, UInt64)", "AggregateFunction"],
  ["Array(Map(String, Dynamic))", "Dynamic"],
])("%s says why it is not compared, and the other columns are read", async (source, named) => {
  await server.run("DROP TABLE IF EXISTS strange", `CREATE TABLE strange (id UInt8, v ${source}) ENGINE = MergeTree ORDER BY id`);
  await server.run("INSERT INTO strange (id) VALUES (1)");
  const { extraction, cells } = await server.extract({ table: "strange" });
  expect(extraction.columns[1]).toEqual({ name: "v", source, type: { notComparable: expect.stringContaining(named) } });
  expect(cells).toEqual([["1"]]);
});

test("a dataset of which nothing can be compared still has its rows", async () => {
  const { extraction, cells } = await server.extract({ query: "SELECT number::Dynamic AS v FROM numbers(3)" });
  expect(extraction).toMatchObject({ columns: [{ name: "v" }], rows: 3 });
  expect(cells).toEqual([[], [], []]);
});

test("text that is not UTF-8 is read as bytes, in that column alone", async () => {
  const given =
    "SELECT unhex(number = 7 ? 'FF00' : '41') AS v, 'é' AS w, if(number = 3, unhex('C328'), NULL) AS x FROM numbers(9) WHERE number IN (3, 7)";
  const { extraction, cells } = await server.extract({ query: given });
  expect(extraction.columns.map(({ type }) => type)).toEqual(["bytes", "text", "bytes"]);
  expect(inOrder(cells)).toEqual([
    ["41", "é", "c328"],
    ["ff00", "é", null],
  ]);
});

test("text within lists and maps that is not UTF-8 is read as bytes, a fixed string with all of them", async () => {
  const given = "SELECT [unhex('FF00'), 'a'] AS v, map('k', toFixedString(unhex('C3'), 2)) AS w, ['é'] AS x";
  const { extraction, cells } = await server.extract({ query: given });
  expect(extraction.columns.map(({ type }) => type)).toEqual(["list(bytes)", "map(bytes,bytes)", "list(text)"]);
  expect(cells).toEqual([['["ff00","61"]', '[["6b","c300"]]', '["é"]']]);
});
