import { RehearseError } from "@rehearse/errors";
import type { Column } from "./canonical-type.ts";

/** A query or a file may give two columns one name; rows can then be read, but not compared. QUERY_FAILED names where. */
export function requireUniqueNames(columns: readonly Column[], where: string): void {
  const seen = new Set<string>();
  for (const { name } of columns) {
    if (seen.has(name))
      throw new RehearseError({
        code: "QUERY_FAILED",
        message: `two columns of ${where} are named ${JSON.stringify(name)}, so their cells cannot be told apart`,
        hint: "Give each column a name of its own: in a query with AS, in a file in its header.",
      });
    seen.add(name);
  }
}
