import type { Check, Report } from "@rehearse/rehearsal";
import { caseNames, ownWords, sampleReport } from "./sample-reports.ts";

/** Where something stands in a value, and of what sort it is: any text, a word of ours, a number, nothing, one or many. Items of a list share a place. */
export function placesOf(value: unknown, path: string): string[] {
  if (Array.isArray(value)) return [`${path}: ${many(value)}`, ...value.flatMap((item) => placesOf(item, path))];
  if (typeof value === "object" && value !== null) return Object.entries(value).flatMap(([key, item]) => placesOf(item, `${path}.${key}`));
  if (typeof value === "number") return [`${path}: ${value === 0 ? "0" : "number"}`];
  const written = typeof value === "string" && !ownWords.has(path.slice(path.lastIndexOf(".") + 1));
  return [`${path}: ${written ? "text" : String(value)}`];
}

function many(list: readonly unknown[]): string {
  return list.length > 1 ? "many" : String(list.length);
}

/** The places of a check. What is shown in them depends on its kind and verdict. */
export function checkPlaces(check: Check): string[] {
  return placesOf(check, `${check.kind} ${check.verdict}`);
}

/** Checks that have all places of `checks` among them, without those that add none, the largest of which go first. */
function fewest(checks: readonly Check[]): Check[] {
  const sorted = checks
    .map((check) => ({ check, places: checkPlaces(check) }))
    .toSorted((one, other) => other.places.length - one.places.length);
  const holders = new Map<string, number>();
  const hold = (places: readonly string[], more: number): void => {
    for (const place of new Set(places)) holders.set(place, (holders.get(place) ?? 0) + more);
  };
  for (const { places } of sorted) hold(places, 1);
  return sorted.flatMap(({ check, places }) => {
    if (places.some((place) => holders.get(place) === 1)) return [check];
    hold(places, -1);
    return [];
  });
}

const samples = caseNames.map(sampleReport);
const [different, inconclusive] = [sampleReport("different"), sampleReport("inconclusive")];

/** One report with every place in which a sample has text, and with checks that have all places of all checks of the samples. */
export const everyKind: Report = {
  ...different,
  against: inconclusive.against,
  only: inconclusive.only,
  divergences: [
    ...different.divergences,
    ...samples.flatMap(({ divergences }) => divergences.filter(({ via }) => via.length > 0)).slice(0, 1),
  ],
  firstDivergence: different.firstDivergence && { ...different.firstDivergence, assertion: "an assertion", via: ["a dataset"] },
  checks: fewest(samples.flatMap(({ checks }) => checks)),
  notes: ["a note", "another note"],
  teardown: { created: 3, removed: 2, left: 1, kept: false, leftovers: ["a folder"] },
};
