import type { Report } from "@rehearse/rehearsal";

/** The report as JSON text with a newline at its end. Equal reports give equal text, whatever order their keys were put in. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(report, sorted, 2)}\n`;
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1)));
}
