import type { Run } from "../model/run.ts";

/** A note for each seed of a run that was another in the run it is compared with: what differs may come from there. */
export function seedNotes(run: Run, compared: Pick<Run, "steps"> | null): string[] {
  if (compared === null) return [];
  const digests = new Map(compared.steps.flatMap((step) => (step.kind === "seed" ? [[step.name, step.digest] as const] : [])));
  return run.steps.flatMap((step) => {
    if (step.kind !== "seed" || digests.get(step.name) === step.digest) return [];
    return [
      digests.has(step.name)
        ? `the seed ${step.name} gave other rows in what this run is compared with`
        : `the seed ${step.name} did not go in in what this run is compared with`,
    ];
  });
}
