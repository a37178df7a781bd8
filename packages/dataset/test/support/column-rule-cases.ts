import type { CanonicalType, Cell, ColumnRules } from "../../src/index.ts";

/** Pairs of cells of one column: those that are equal by its rules, and those that are not. */
export const columnRuleCases: readonly {
  title: string;
  type: CanonicalType;
  rules: ColumnRules;
  /** Not the same, and equal by a tolerance. */
  near?: readonly (readonly [Cell, Cell])[];
  /** Equal by any other rule, or the same in the first place. */
  equal?: readonly (readonly [Cell, Cell])[];
  different: readonly (readonly [Cell, Cell])[];
}[] = [
  {
    title: "an absolute tolerance of doubles",
    type: "float64",
    rules: { tolerance: { abs: "0.5" } },
    near: [
      ["1", "1.5"],
      ["-0.25", "0.25"],
      ["0", "-0"],
    ],
    equal: [
      ["NaN", "NaN"],
      ["Infinity", "Infinity"],
      [null, null],
    ],
    different: [
      ["1", "1.5000000000000002"],
      ["NaN", "0"],
      ["Infinity", "1.7976931348623157e+308"],
      ["-Infinity", "Infinity"],
      [null, "0"],
      ["0", null],
    ],
  },
  {
    title: "a relative tolerance of doubles",
    type: "float64",
    rules: { tolerance: { rel: 0.01 } },
    near: [
      ["100", "100.9"],
      ["-100", "-99.1"],
      ["1e+300", "1.005e+300"],
    ],
    different: [
      ["100", "101.2"],
      ["0", "1e-300"],
      ["Infinity", "5"],
      ["1", "-1"],
    ],
  },
  {
    title: "steps of doubles",
    type: "float64",
    rules: { tolerance: { ulp: 2 } },
    near: [
      ["0.3", "0.30000000000000004"],
      ["1", "1.0000000000000004"],
      ["-5e-324", "5e-324"],
    ],
    different: [
      ["1", "1.0000000000000007"],
      ["-1e-323", "5e-324"],
      ["1.7976931348623157e+308", "Infinity"],
    ],
  },
  {
    title: "steps of floats of 32 bits",
    type: "float32",
    rules: { tolerance: { ulp: 1 } },
    near: [["1", "1.0000001"]],
    different: [["1", "1.0000002"]],
  },
  {
    title: "an absolute tolerance of integers up to 64 bits",
    type: "int64",
    rules: { tolerance: { abs: "3.9" } },
    near: [
      ["-9223372036854775808", "-9223372036854775805"],
      ["9007199254740993", "9007199254740996"],
    ],
    different: [
      ["9223372036854775807", "-9223372036854775808"],
      ["1", "5"],
    ],
  },
  {
    title: "an absolute tolerance of decimals, finer than their scale",
    type: "decimal(20,2)",
    rules: { tolerance: { abs: "0.019" } },
    near: [["100000000000000000.01", "100000000000000000.02"]],
    different: [["1.00", "1.02"]],
  },
  {
    title: "an absolute tolerance of decimals with 38 digits",
    type: "decimal(38,2)",
    rules: { tolerance: { abs: "0.01" } },
    near: [["999999999999999999999999999999999999.98", "999999999999999999999999999999999999.99"]],
    different: [
      ["-999999999999999999999999999999999999.99", "999999999999999999999999999999999999.99"],
      ["1.00", "1.02"],
    ],
  },
  {
    title: "a tolerance of integers of 256 bits",
    type: "uint256",
    rules: { tolerance: { abs: "1" } },
    near: [
      [
        "115792089237316195423570985008687907853269984665640564039457584007913129639935",
        "115792089237316195423570985008687907853269984665640564039457584007913129639934",
      ],
    ],
    different: [["5", "7"]],
  },
  {
    title: "a relative tolerance of exact numbers that no double holds",
    type: "number",
    rules: { tolerance: { rel: 1e-6 } },
    near: [
      ["1e400", "1.0000001e400"],
      [`1${"0".repeat(320)}.5`, `1${"0".repeat(320)}`],
    ],
    different: [
      ["0.5", "3.2e-310"],
      ["1.5e300", "2e-10"],
      ["5", "1e-308"],
      ["1e400", "9e400"],
      ["1e400", "-1e400"],
      ["0", "1e-400"],
    ],
  },
  {
    title: "a relative tolerance of nothing",
    type: "number",
    rules: { tolerance: { rel: 0 } },
    near: [["1e400", "10e399"]],
    different: [
      ["1e400", `1${"0".repeat(399)}1`],
      ["1", "1.0000000000000000000000000001"],
    ],
  },
  {
    title: "both tolerances of exact numbers",
    type: "number",
    rules: { tolerance: { abs: "0.001", rel: 0.1 } },
    near: [
      ["1.1", "1.10"],
      ["0.0001", "0.0011"],
      ["1e100", "1.05e100"],
    ],
    equal: [["NaN", "NaN"]],
    different: [
      ["1", "2"],
      ["NaN", "1"],
      ["Infinity", "1"],
    ],
  },
  {
    title: "a tolerance of moments",
    type: "timestamptz",
    rules: { tolerance: { timeUs: 1000 } },
    near: [["2024-01-05 09:59:59.999500+00", "2024-01-05 10:00:00.000500+00"]],
    equal: [["infinity", "infinity"]],
    different: [
      ["2024-01-05 09:59:59.999499+00", "2024-01-05 10:00:00.000500+00"],
      ["infinity", "2024-01-05 10:00:00.000000+00"],
    ],
  },
  {
    title: "a tolerance of moments of nanoseconds",
    type: "timestamp_ns",
    rules: { tolerance: { timeUs: 1 } },
    near: [["2024-01-05 10:00:00.000000001", "2024-01-05 10:00:00.000001001"]],
    different: [["2024-01-05 10:00:00.000000001", "2024-01-05 10:00:00.000001002"]],
  },
  {
    title: "a tolerance of times of day",
    type: "time",
    rules: { tolerance: { timeUs: 5n } },
    near: [["10:00:00.000000", "10:00:00.000005"]],
    different: [["23:59:59.999999", "00:00:00.000000"]],
  },
  {
    title: "a tolerance of times of day of nanoseconds",
    type: "time_ns",
    rules: { tolerance: { timeUs: 1 } },
    near: [["09:59:59.999999999", "10:00:00.000000999"]],
    different: [["09:59:59.999999999", "10:00:00.000001000"]],
  },
  {
    title: "a tolerance of days",
    type: "date",
    rules: { tolerance: { timeUs: 86_400_000_000 } },
    near: [["2024-02-29", "2024-03-01"]],
    different: [
      ["2024-02-28", "2024-03-01"],
      ["infinity", "2024-03-01"],
    ],
  },
  {
    title: "white space at the ends of a text",
    type: "text",
    rules: { trim: true },
    equal: [
      ["a b", " a b\t\n"],
      ["\u00a0\u3000x\u2003", "x"],
      ["  ", ""],
    ],
    different: [
      ["a b", "a  b"],
      ["", null],
    ],
  },
  {
    title: "an unordered list",
    type: "list(int64)",
    rules: { unordered: true },
    equal: [
      ['["1","2",null]', '[null,"2","1"]'],
      ["[]", "[]"],
    ],
    different: [
      ['["1","1","2"]', '["1","2","2"]'],
      ['["1"]', '["1",null]'],
      ["[]", null],
    ],
  },
  {
    title: "an unordered array of JSON, but not those within it",
    type: "json",
    rules: { unordered: true },
    equal: [['[1,{"b":2,"a":[3,4]}]', '[{"a":[3,4],"b":2},1.0]']],
    different: [
      ["[[1,2]]", "[[2,1]]"],
      ['{"a":[1,2]}', '{"a":[2,1]}'],
    ],
  },
  {
    title: "parts of a document",
    type: "json",
    rules: { json: { ignorePaths: ["/meta/trace_id", "/a~1b", "/list/1"] } },
    equal: [
      ['{"meta":{"trace_id":1,"v":2}}', '{"meta":{"v":2}}'],
      ['{"a/b":1,"c":null}', '{"c":null,"a/b":[1,2]}'],
      ['{"list":[1,2,3]}', '{"list":[1,9,3]}'],
      ['{"meta":[1]}', '{"meta":[1]}'],
    ],
    different: [
      ['{"meta":{"trace_id":1}}', "{}"],
      ['{"c":null}', "{}"],
      ['{"list":[1,2,3]}', '{"list":[1,2,4]}'],
      ['{"meta":{"v":0.12345678901234567890}}', '{"meta":{"v":0.12345678901234567891}}'],
      ['{"trace_id":1}', '{"trace_id":2}'],
    ],
  },
  {
    title: "a transform",
    type: "text",
    rules: { transform: "lower(value) -- whatever the case" },
    equal: [["Ana@X", "aNA@x"]],
    different: [
      ["a", "b"],
      ["", null],
    ],
  },
  {
    title: "a transform whose value has a tolerance",
    type: "text",
    rules: { transform: "length(value)", tolerance: { abs: "1" } },
    near: [["aa", "aaa"]],
    equal: [["aa", "bb"]],
    different: [["a", "aaa"]],
  },
];
