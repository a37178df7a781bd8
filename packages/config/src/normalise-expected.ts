import type { ExpectedConfig, Position } from "./scenario.ts";
import type { ExpectShape } from "./schema/expect-schema.ts";

/** A rule of `checks.expect`: where it names columns, it is about rows that changed. */
export function normaliseExpected(
  rule: ExpectShape,
  { index, position, wherePosition }: { readonly index: number; readonly position: Position; readonly wherePosition: Position },
): ExpectedConfig {
  const { columns, where, owner, reason, expires } = rule;
  return {
    index,
    columns,
    where: where === undefined ? undefined : { sql: where, position: wherePosition },
    kinds: rule.kinds ?? (columns === undefined ? ["added", "removed", "changed"] : ["changed"]),
    limit: Number(rule.limit),
    owner,
    reason,
    expires,
    position,
  };
}
