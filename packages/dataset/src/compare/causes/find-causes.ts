import type { Cause } from "../comparison.ts";
import { arithmeticCause } from "./arithmetic-cause.ts";
import { fewest, type CauseRequest } from "./cause-request.ts";
import { valueCause } from "./value-cause.ts";

/** What nearly all changed rows have in common; see `Cause`. Nothing where there is nothing to be said of nearly all of them. */
export async function findCauses(request: CauseRequest): Promise<Cause[]> {
  const causes = request.changed < fewest ? [] : [await valueCause(request)];
  for (const column of request.columns) {
    const pair = request.pairs.find((it) => it.column.name === column.name);
    if (pair !== undefined && column.changed >= fewest) causes.push(await arithmeticCause(request, { pair, column }));
  }
  return causes.filter((cause) => cause !== null);
}
