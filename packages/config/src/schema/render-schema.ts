import { z } from "zod";
import type { EngineFacts } from "../scenario.ts";
import { scenarioSchema } from "./scenario-schema.ts";

/** The shape of `rehearse.yml` as a JSON Schema (draft 2020-12) that knows these engines, in whatever order. */
export function schemaJson(engines: readonly EngineFacts[]): z.core.JSONSchema.JSONSchema {
  const schema = z.toJSONSchema(scenarioSchema(engines.map((engine) => engine.name).toSorted()), {
    target: "draft-2020-12",
    io: "input",
    unrepresentable: "any",
    override({ zodSchema, jsonSchema }) {
      if (zodSchema instanceof z.ZodBigInt) Object.assign(jsonSchema, wholeNumber(zodSchema));
    },
  });
  return { title: "rehearse.yml", ...schema };
}

/** The schema as the text of the file that is shipped for editors. */
export function renderSchema(engines: readonly EngineFacts[]): string {
  return `${JSON.stringify(schemaJson(engines), null, 2)}\n`;
}

/** JSON Schema has no bigint of its own; YAML and JSON write it as any other whole number. */
function wholeNumber({ minValue, maxValue }: z.ZodBigInt): z.core.JSONSchema.JSONSchema {
  return {
    type: "integer",
    ...(minValue === null ? {} : { minimum: Number(minValue) }),
    ...(maxValue === null ? {} : { maximum: Number(maxValue) }),
  };
}
