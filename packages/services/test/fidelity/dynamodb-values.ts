import type { FidelityCase } from "./fidelity-case.ts";

/** Attributes, in DynamoDB's own JSON. */
export const dynamodbCases: readonly FidelityCase[] = [
  {
    type: "S",
    values: ['{"S":""}', '{"S":"1"}', '{"S":"NULL"}', '{"S":"a,\\"b\\"\\r\\n\\u0000\\u2028😀"}', '{"S":"é"}', '{"S":"e\u0301"}'],
  },
  {
    type: "N",
    values: [
      '{"N":"1"}',
      '{"N":"0"}',
      '{"N":"9007199254740993"}',
      '{"N":"9007199254740992"}',
      `{"N":"-${"9".repeat(38)}"}`,
      `{"N":"0.${"1".repeat(38)}"}`,
      '{"N":"1E-130"}',
      '{"N":"9.9999999999999999999999999999999999999E+125"}',
    ],
  },
  { type: "B", values: ['{"B":"AP8="}', '{"B":"YQ=="}'] },
  { type: "BOOL", values: ['{"BOOL":true}', '{"BOOL":false}'] },
  { type: "NULL", values: ['{"NULL":true}'] },
  { type: "SS", values: ['{"SS":["b","a"]}', '{"SS":["a"]}', '{"SS":["1"]}'] },
  { type: "NS", values: ['{"NS":["10","2"]}', '{"NS":["1"]}'] },
  { type: "BS", values: ['{"BS":["YQ==","AP8="]}'] },
  { type: "L", values: ['{"L":[]}', '{"L":[{"N":"1"},{"S":"1"},{"NULL":true},{"L":[]}]}', '{"L":[{"S":"1"},{"N":"1"}]}'] },
  { type: "M", values: ['{"M":{}}', '{"M":{"b":{"N":"1"},"a":{"M":{"x":{"B":"AP8="}}}}}', '{"M":{"a":{"NULL":true}}}'] },
];
