import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { type Fault, withFault } from "./fault.ts";

/** Faults after which the code does the same as before, by the line that they leave: no test can notice them. */
const schema = z.array(z.strictObject({ file: z.string(), line: z.string(), becomes: z.string(), reason: z.string().min(20) }));

export type Equivalents = z.infer<typeof schema>;

/** The list beside this file. */
export async function readEquivalents(): Promise<Equivalents> {
  return schema.parse(JSON.parse(await readFile(path.join(import.meta.dirname, "equivalent.json"), "utf8")));
}

/** A file's faults but for those that are listed as none. */
export function withoutEquivalents(
  faults: readonly Fault[],
  { content, equivalents }: { readonly content: string; readonly equivalents: Equivalents },
): Fault[] {
  return faults.filter((fault) => {
    const number = content.slice(0, fault.start).split("\n").length - 1;
    const lineOf = (text: string) => text.split("\n")[number]?.trim();
    const [line, becomes] = [lineOf(content), lineOf(withFault(content, fault))];
    return !equivalents.some((it) => it.file === fault.file && it.line === line && it.becomes === becomes);
  });
}
