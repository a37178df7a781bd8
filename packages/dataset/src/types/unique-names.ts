import { RehearseError } from "@rehearse/errors";
import type { Column } from "./canonical-type.ts";

/** A query may give two columns one name; rows can then be read, but not compared. QUERY_FAILED. */
export function requireUniqueNames(columns: readonly Column[]): void {
  const seen = new Set<string>();
  for (const { name } of columns) {
    if (seen.has(name))
      throw new RehearseError({
        code: "QUERY_FAILED",
        message: `two columns are named ${JSON.stringify(name)}, so their cells cannot be told apart`,
        hint: "Give each column of the query a name of its own with AS.",
      });
    seen.add(name);
  }
}
