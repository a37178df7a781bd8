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
  const kept = new Set(["verdict", "kind", "change", "side", "problem", "by", "origin"]);
  const fill = (value: unknown, key: string): unknown => {
    if (typeof value === "string") return kept.has(key) ? value : text;
    if (Array.isArray(value)) return value.map((item: unknown) => fill(item, key));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name_, item]) => [name_, fill(item, name_)]));
  };
  return reportSchema.parse(fill(sampleReport(name), ""));
}
