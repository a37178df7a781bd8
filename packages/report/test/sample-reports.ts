import { readdirSync, readFileSync } from "node:fs";
import { reportSchema, type Report } from "@rehearse/rehearsal";

const folder = new URL("cases/", import.meta.url);

/** The names of the sample reports: a folder each. */
export const caseNames: readonly string[] = readdirSync(folder);

/** Where a file of a sample lies. */
export function caseFile(name: string, file: string): URL {
  return new URL(`${name}/${file}`, folder);
}

/** A sample report, checked against the schema. */
export function sampleReport(name: string): Report {
  return reportSchema.parse(JSON.parse(readFileSync(caseFile(name, "report.json"), "utf8")));
}

/** A sample with each of its checks `times` times over, under names of their own. */
export function multiplied(name: string, times: number): Report {
  const report = sampleReport(name);
  const checks = Array.from({ length: times }, (_, copy) =>
    report.checks.map((check) => ({ ...check, name: `${check.name}_${String(copy)}` })),
  );
  return { ...report, checks: checks.flat() };
}

/** A sample in which every text that a user or an engine could have written is `text`. */
export function filledWith(name: string, text: string): Report {
  return filled(sampleReport(name), () => text);
}

/** Strings under these keys are words of ours: a user or an engine could have written all others. */
export const ownWords: ReadonlySet<string> = new Set([
  "verdict",
  "kind",
  "kinds",
  "operation",
  "change",
  "side",
  "problem",
  "by",
  "origin",
  "claim",
]);

/** A report in which the texts that a user or an engine could have written are `textOf` of their positions. */
export function filled(report: Report, textOf: (position: number, key: string) => string): Report {
  let position = 0;
  const fill = (value: unknown, key: string): unknown => {
    if (typeof value === "string") return ownWords.has(key) ? value : textOf(position++, key);
    if (Array.isArray(value)) return value.map((item: unknown) => fill(item, key));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name_, item]) => [name_, fill(item, name_)]));
  };
  return reportSchema.parse(fill(report, ""));
}

/** Texts that mean something to Markdown, HTML, XML, terminals, runners of workflows or readers' eyes, in groups. */
export const hostileStrings: readonly string[] = Object.values(
  JSON.parse(readFileSync(new URL("hostile-strings.json", import.meta.url), "utf8")) as Record<string, string[]>,
).flat();
