import type { Manifest } from "./manifest.ts";

/** The engine's key of a dataset where every column of it can be compared; otherwise it has none. */
export function usableKey({ columns, key }: Pick<Manifest, "columns" | "key">, ignore: readonly string[]): readonly string[] {
  const usable = key.every((name) => !ignore.includes(name) && typeof columns.find((column) => column.name === name)?.type === "string");
  return usable ? key : [];
}
