import type { CanonicalType } from "../../src/index.ts";

const integer = (bits: bigint, signed: boolean): string[] => {
  const top = signed ? 1n << (bits - 1n) : 1n << bits;
  return ["0", "1", "2", `${top - 1n}`, `${top - 2n}`, ...(signed ? [`${-top}`, "-1"] : [])];
};
const wideInteger = (bits: bigint, signed: boolean): string[] => [...integer(bits, signed), "9007199254740993", "10", "9"];
const nanoseconds = (zone: string): string[] => [
  `1677-09-22 00:12:43.145224193${zone}`,
  `1969-12-31 23:59:59.999999999${zone}`,
  `1970-01-01 00:00:00.000000000${zone}`,
  `2024-02-29 12:30:00.123456789${zone}`,
  `2024-02-29 12:30:00.123456788${zone}`,
  `2262-04-11 23:47:16.854775806${zone}`,
  "infinity",
  "-infinity",
];
const days = [
  "2024-01-05",
  "2024-02-29",
  "0001-01-01",
  "9999-12-31",
  "10000-01-01",
  "20222-01-01",
  "294246-12-31",
  "0001-12-31 BC",
  "0044-03-15 BC",
  "1969-12-31",
  "infinity",
  "-infinity",
];
const moments = ["00:00:00.000000", "10:00:00.000001", "23:59:59.999999", "12:30:00.500000"];
const stamps = (zone: string): string[] =>
  days.flatMap((day) => {
    if (day.endsWith("infinity")) return [day];
    const [date = "", era] = day.split(" ");
    return moments.map((moment) => [date, `${moment}${zone}`, ...(era === undefined ? [] : [era])].join(" "));
  });
const words = [
  "",
  " ",
  "a",
  "a ",
  "A",
  "NULL",
  "null",
  String.raw`\N`,
  "\\",
  '"',
  '""',
  "'",
  ",",
  "\n",
  "\r\n",
  "\r",
  "a\nb",
  "x\0y",
  "x\0z",
  "1",
  "1.0",
  "0",
  "é",
  "e\u0301",
  "😀",
  "\u2028",
  "true",
  "2024-01-05",
  "10:00",
  "\uFEFF",
  "{}",
  "-0",
];

/** For each canonical type values that have gone wrong somewhere, in canonical text. */
export const nastyValues: Readonly<Partial<Record<CanonicalType, readonly string[]>>> = {
  boolean: ["true", "false"],
  int8: integer(8n, true),
  int16: integer(16n, true),
  int32: integer(32n, true),
  int64: [...integer(64n, true), "9007199254740992", "9007199254740993", "-9007199254740993", "4294967297"],
  uint8: integer(8n, false),
  uint16: integer(16n, false),
  uint32: integer(32n, false),
  uint64: [...integer(64n, false), "9007199254740993"],
  "decimal(10,2)": ["0.00", "0.01", "-0.01", "1.10", "1.11", "99999999.99", "-99999999.99"],
  "decimal(18,4)": ["1.0001", "1.0002", "99999999999999.9999", "-1.0000"],
  "decimal(38,10)": ["1.0000000000", "9999999999999999999999999999.9999999999", "9999999999999999999999999999.9999999998"],
  "decimal(38,0)": ["99999999999999999999999999999999999999", "99999999999999999999999999999999999998", "0"],
  "decimal(76,20)": ["0.00000000000000000001", `${"9".repeat(56)}.${"9".repeat(20)}`, "-1.10000000000000000000"],
  "decimal(3,5)": ["0.00123", "-0.00999", "0.00000"],
  number: [
    "1.10",
    "1.1",
    "1",
    "1.0",
    "-1",
    "1e3",
    "1E+2",
    "123456789012345678901234567890.123456789",
    "1e-20",
    "9007199254740993",
    "NaN",
    "Infinity",
    "-Infinity",
    "10",
    "9",
  ],
  float32: ["0", "-0", "1", "0.1", "3.4028235e+38", "1e-45", "16777216", "NaN", "Infinity", "-Infinity", "-1.5"],
  float64: [
    "0",
    "-0",
    "0.1",
    "0.30000000000000004",
    "0.3",
    "5e-324",
    "1.7976931348623157e+308",
    "1e+16",
    "1e-05",
    "9007199254740992",
    "NaN",
    "Infinity",
    "-Infinity",
    "-2.5",
  ],
  text: words,
  enum: words,
  json: [
    "1",
    '"1"',
    "null",
    "{}",
    "-0",
    '{"a":1}',
    '{"a":1.5}',
    '{"a":1,"b":2}',
    '{"a":1,"a":1}',
    '{"a":null}',
    "[1,null]",
    "[1]",
    '"é"',
    '"e\u0301"',
    String.raw`"\u0000\ud800"`,
    "9007199254740993",
    "1e+400",
    '"\u2028"',
  ],
  bytes: ["", "00", "ff", "c3a9", "c328", "0000", "5c4e"],
  date: [...days, "5874897-12-31"],
  int128: wideInteger(128n, true),
  int256: wideInteger(256n, true),
  uint128: wideInteger(128n, false),
  uint256: wideInteger(256n, false),
  time: [...moments, "24:00:00.000000"],
  timestamp: stamps(""),
  timestamptz: stamps("+00"),
  time_ns: ["00:00:00.000000000", "10:00:00.000000001", "10:00:00.000000002", "23:59:59.999999999", "24:00:00.000000000"],
  timestamp_ns: nanoseconds(""),
  timestamptz_ns: nanoseconds("+00"),
  interval: [
    "infinity",
    "-infinity",
    "0 mon 0 day 0 us",
    "1 mon 0 day 0 us",
    "0 mon 30 day 0 us",
    "0 mon 1 day 0 us",
    "0 mon 0 day 86400000000 us",
    "-1 mon 31 day -1 us",
    "2147483647 mon -2147483648 day 9223372036854775807 us",
  ],
  "list(int32)": ["[]", "[null]", '["1"]', '["1",null]', '["1","2"]', '["2","1"]', '["-2147483648"]'],
  "list(float64)": ['["0"]', '["-0"]', '["NaN"]', "[null]", '["Infinity"]', '["0.1","5e-324"]'],
  "list(list(text))": ["[]", "[[]]", "[null]", "[[null]]", '[[""]]', '[["a,b"],["c"]]', '[["a"],["b,c"]]', String.raw`[["\u0000\"\\]"]]`],
  "map(text,int64)": ["[]", '[["",null]]', '[["a","1"],["b","2"]]', '[["a","2"],["b","1"]]', '[["a","1"],["a","2"]]'],
  'struct("a" decimal(10,2), "A" list(json))': [
    '{"a":null,"A":null}',
    '{"a":"1.10","A":[]}',
    String.raw`{"a":"1.10","A":["{\"k\":1}",null]}`,
  ],
  uuid: ["00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "0b1a4c5e-7f00-4a01-8f3e-3a8f0c1d2e3f"],
};

/** All canonical types that the values above know. */
export const allTypes = Object.keys(nastyValues) as CanonicalType[];

/** The values of one type. */
export function valuesOf(type: CanonicalType): readonly string[] {
  return nastyValues[type] ?? [];
}
