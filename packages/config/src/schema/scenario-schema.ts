import { z } from "zod";
import { checksSchema } from "./check-schemas.ts";
import { referencesSchema } from "./references-schema.ts";
import { servicesSchema } from "./service-schema.ts";
import { seedSchema, stagesSchema } from "./step-schemas.ts";
import { scenarioNameSchema } from "./text-schemas.ts";

/** The shape of a whole file. What a shape cannot say is said by the rules. */
export function scenarioSchema(engines: readonly string[]) {
  return z
    .strictObject({
      name: scenarioNameSchema.meta({ description: "The scenario's name, in reports and comments.", examples: ["segment-membership"] }),
      services: servicesSchema(engines),
      stages: stagesSchema,
      seeds: z
        .array(seedSchema)
        .optional()
        .describe("Data that is put in, before the stages or between them. Without it: services start empty."),
      checks: checksSchema.optional(),
      references: referencesSchema.optional(),
    })
    .describe("One rehearsal: services, seeds, stages, checks, and where its references are kept.");
}

export type ScenarioShape = z.infer<ReturnType<typeof scenarioSchema>>;
