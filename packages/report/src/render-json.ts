import type { Report } from "@rehearse/rehearsal";
import { escapeCommands } from "./content/escape-commands.ts";

// What could steer a terminal, or turn or hide text in it, and is not escaped by JSON itself.
const unseen = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The report as JSON text with a newline at its end, safe to print. Equal reports give equal text, whatever order their keys were put in. */
export function renderJson(report: Report): string {
  const json = JSON.stringify(report, sorted, 2).replace(unseen, (character) => character.split("").map(escaped).join(""));
  return `${escapeCommands(json, escaped)}\n`;
}

/** A code unit as JSON writes it. */
function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1)));
}
