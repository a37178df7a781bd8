import type { Scenario } from "@rehearse/config";
import type { Run } from "./model/run.ts";

const dayMs = 24 * 60 * 60 * 1000;

/** How many days before its last one a rule is told of. */
const noticeDays = 14;

/** A note for each expected difference that soon expires, while the file can still be changed in time: after that the rule is a finding. */
export function expiryNotes(
  { stages }: Pick<Scenario, "stages">,
  { only, today }: Pick<Run, "only"> & { readonly today: string },
): string[] {
  const judged = stages.filter(({ name }) => only === null || only.stage === name);
  return judged.flatMap(({ writes }) =>
    writes.flatMap(({ name, expected }) =>
      expected.flatMap(({ reason, owner, expires }) => {
        const days = (Date.parse(expires) - Date.parse(today)) / dayMs;
        if (days < 0 || days > noticeDays) return [];
        const when = days === 0 ? "today" : days === 1 ? "in 1 day" : `in ${days} days`;
        return [`the expected difference "${reason}" of ${name} expires ${when}, after ${expires}: ask ${owner}`];
      }),
    ),
  );
}
