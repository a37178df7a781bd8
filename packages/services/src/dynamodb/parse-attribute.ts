import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { z } from "zod";

const base64 = z.string().transform((text) => Uint8Array.from(Buffer.from(text, "base64")));

/** The mirror of `attributeText`. */
const attribute: z.ZodType<AttributeValue> = z.lazy(() =>
  z.union([
    z.strictObject({ S: z.string() }),
    z.strictObject({ N: z.string() }),
    z.strictObject({ B: base64 }),
    z.strictObject({ BOOL: z.boolean() }),
    z.strictObject({ NULL: z.literal(true) }),
    z.strictObject({ SS: z.array(z.string()) }),
    z.strictObject({ NS: z.array(z.string()) }),
    z.strictObject({ BS: z.array(base64) }),
    z.strictObject({ L: z.array(attribute) }),
    z.strictObject({ M: z.record(z.string(), attribute) }),
  ]),
);

/** The value that a text in DynamoDB's own JSON stands for; null where it is no such text. */
export function parseAttribute(text: string): AttributeValue | null {
  return attribute.safeParse(JSON.parse(text)).data ?? null;
}
