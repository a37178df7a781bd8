import { count } from "../content/amounts.ts";

/** The sentence that says what a page leaves out; empty where that is nothing. */
export function leftOut(number: number, one: string, many: string): string {
  return number === 0 ? "" : `… and ${count(number)} ${number === 1 ? one : many} in the full report.`;
}
