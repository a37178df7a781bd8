import { RehearseError } from "@rehearse/errors";

/** A reference that cannot be put back into its table. */
export function unrestorable({ table, reason, cause }: { table: string; reason: string; cause?: unknown }): RehearseError {
  return new RehearseError({
    code: "REFERENCE_INVALID",
    message: `The reference of ${table} cannot be restored: ${reason}.`,
    hint: "Run the whole rehearsal instead of the one stage, or accept a reference that fits the table.",
    ...(cause === undefined ? {} : { cause }),
  });
}
