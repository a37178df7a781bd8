import { z } from "zod";
import { nameSchema } from "./text-schemas.ts";

const portRange = "a port from 1024 to 65535";

/** One service. The engines are those that the caller knows. */
export function serviceSchema(engines: readonly string[]) {
  return z
    .strictObject({
      engine: z.enum(engines).describe("The engine that serves it."),
      // Whole numbers of the file arrive as bigint, so that large ones in `equals` stay exact.
      port: z
        .bigint()
        .min(1024n, portRange)
        .max(65535n, portRange)
        .optional()
        .describe("A fixed port of 127.0.0.1 for its server. Without it: any free one, so that rehearsals run side by side."),
    })
    .describe("An engine that is started for this rehearsal alone.");
}

export function servicesSchema(engines: readonly string[]) {
  return z
    .record(nameSchema.meta({ title: "service" }), serviceSchema(engines))
    .refine((services) => Object.keys(services).length > 0, "at least one service")
    .meta({
      minProperties: 1,
      description: "The engines that the rehearsal runs on, by name.",
      examples: [{ core: { engine: "postgres" }, warehouse: { engine: "clickhouse" } }],
    });
}

export type ServiceShape = z.infer<ReturnType<typeof serviceSchema>>;
