import { commonTypeFacts, parquetTypeMappings, typeFacts } from "@rehearse/dataset";
import { engines, type TypeMapping } from "@rehearse/services";
import { markdownTable } from "../markdown-table.ts";

/** `docs/types.md`: every type, as the code has it. */
export function renderTypes(): string {
  return `# Types

Made from the code by \`npm run generate\`. Values are compared in canonical types: each engine's types map to one of them exactly, are widened without loss, or are not compared, with the reason. Nothing is cast in silence.

## Canonical types

${markdownTable(
  ["type", "text of a value", "stored in Parquet as"],
  typeFacts.map(({ type, text, stored }) => [code(type), text, code(stored)]),
)}

NULL is no value of any type: it differs from \`''\`, from \`0\`, from \`false\`, from JSON's \`null\` and from an empty list. \`NaN\` equals \`NaN\`; \`-0\` is not \`0\`.

## Columns whose type changed

That is a finding of its own. Their cells are compared all the same where one type holds every value of both.

${markdownTable(
  ["type", "is compared with"],
  commonTypeFacts.filter(({ others }) => others.length > 0).map(({ type, others }) => [code(type), others.map(code).join(" · ")]),
)}

Integers, decimals and \`number\` are compared with each other by value: as the narrowest type that holds both, such as \`int64\` for \`int32\` and \`int64\`, \`decimal(20,4)\` for \`decimal(18,2)\` and \`decimal(18,4)\`. Lists, maps and structs are compared where their parts are. Everything else is "not compared": an instant is no local time, text no number, and a float does not hold every integer of 64 bits.

${engines.map(({ title, typeMappings }) => `## ${title}\n\n${mappings(title, typeMappings)}`).join("\n\n")}

## Parquet

Files of anybody, as \`rehearse diff\` reads them.

${mappings("Parquet", parquetTypeMappings)}

## CSV and JSON

A cell of CSV is \`text\`, unless \`--type column=type\` says more; without quotes and empty it is NULL, \`""\` is the empty text. A field of JSON objects is \`text\`, \`number\` (by exact decimal value), \`boolean\` or \`json\`. Where it holds values of several kinds, or null in one object while another lacks it, it is \`json\`: there null is a value, and what is lacking is NULL. Where a file has null alone, or lacks fields alone, both are NULL; a file of the other kind is found, too: the type has changed. A declared type has one NULL for both.

A text of a declared type is written as above. Also read are moments of ISO 8601, with any offset where the type has a zone and none where it has none (\`2027-03-01T23:30:00Z\`, \`2027-03-02T01:30:00.5+02:00\`), \`True\` and \`FALSE\`, \`nan\`, \`inf\` and \`-Infinity\` in any letters.
`;
}

function mappings(title: string, lines: readonly TypeMapping[]): string {
  return markdownTable(
    [title, "canonical type", ""],
    lines.map(({ source, canonical, note }) => [code(source), canonical === null ? "not compared" : code(canonical), note]),
  );
}

function code(text: string): string {
  return `\`${text}\``;
}
