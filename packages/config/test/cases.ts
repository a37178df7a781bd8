import { readdirSync } from "node:fs";
import { join, relative } from "node:path";

const root = join(import.meta.dirname, "cases");

/** A folder with a `rehearse.yml` and what is expected of it. */
export interface Case {
  readonly name: string;
  readonly folder: string;
}

/** All cases of a kind, such as `broken/shape`; fails where there is none. */
export function casesOf(kind: string): readonly Case[] {
  const cases = readdirSync(join(root, kind)).map((name) => ({ name, folder: relative(process.cwd(), join(root, kind, name)) }));
  if (cases.length === 0) throw new Error(`No case in ${kind}.`);
  return cases;
}
