import { readFile } from "node:fs/promises";
import path from "node:path";
import type { ConnectionValues } from "@rehearse/services";

/** Where an environment that was left up says how to connect, in its own directory: as lines of shell. */
export function connectionFile(environmentDirectory: string): string {
  return path.join(environmentDirectory, "connect.env");
}

/** The variable of one connection value: `CORE_URL`. */
export function variableName(service: string, key: string): string {
  const words = `${service}_${key.replaceAll(/[A-Z]/g, "_$&")}`;
  return words.replaceAll(/[^A-Za-z0-9]+/g, "_").toUpperCase();
}

/** The file's text for these services. */
export function connectionText(services: readonly { readonly name: string; readonly values: ConnectionValues }[]): string {
  const lines = services.flatMap(({ name, values }) =>
    Object.entries(values).map(([key, value]) => `export ${variableName(name, key)}=${quoted(value)}`),
  );
  return `${lines.join("\n")}\n`;
}

/** The variables of such a file, with their values. */
export async function readConnectionFile(file: string): Promise<Record<string, string>> {
  const lines = (await readFile(file, "utf8")).matchAll(/^export (\w+)='(.*)'$/gm);
  return Object.fromEntries(Array.from(lines, ([, name = "", value = ""]) => [name, value.replaceAll(quote, "'")]));
}

/** A quote within quotes: the text ends, a quote, the text goes on. */
const quote = `'\\''`;

function quoted(value: string): string {
  return `'${value.replaceAll("'", quote)}'`;
}
