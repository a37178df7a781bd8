import { relative } from "node:path";
import type { Scenario } from "../src/index.ts";

/** A scenario as text that is the same on every machine: paths relative to its folder, whole numbers marked with an n, the order by name. */
export function normalised(scenario: Scenario): string {
  const { directory, order, file, ...rest } = scenario;
  const shown = { ...rest, file: relative(directory, file), order: order.map((step) => `${step.kind} ${step.name}`) };
  const text = JSON.stringify(shown, (_, value: unknown) => (typeof value === "bigint" ? `${value}n` : value), 2);
  return `${text.replaceAll(`${directory}/`, "")}\n`;
}
