import { z } from "zod";

const count = z.int().nonnegative();

/** What a query answered; cells are canonical text, `types` are the canonical types. */
const answerSchema = z.strictObject({
  columns: z.array(z.string()),
  types: z.array(z.string()),
  /** The first rows, in the order of the answer. */
  rows: z.array(z.array(z.string().nullable())),
  /** Rows beyond those kept in `rows`. */
  more: count,
  /** Of all rows, whatever their order. */
  digest: z.string(),
});

const asked = {
  name: z.string(),
  after: z.string(),
  /** What was asked, see `askedOf`: of another question this is no answer. */
  asked: z.string(),
  attempts: count,
  /** Why the last attempt had no answer. */
  error: z.string().nullable(),
};

/** What the last attempt to find out about an assertion found. */
export const assertionFactSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("query"),
    ...asked,
    answer: answerSchema.nullable(),
    /** What it answered right before the stage; null where nobody asked then. */
    before: answerSchema.nullable(),
  }),
  z.strictObject({
    kind: z.literal("orphans"),
    ...asked,
    /** Values of the child that are not NULL, and how many of them the parent lacks. */
    values: count,
    orphans: count,
    /** The first values that the parent lacks, as canonical text, each once. */
    examples: z.array(z.string()),
  }),
  z.strictObject({
    kind: z.literal("files"),
    ...asked,
    /** `holds`: whether the text that was asked for is in it; null where none was. */
    files: z.array(z.strictObject({ path: z.string(), bytes: count, sha256: z.string(), holds: z.boolean().nullable() })),
    /** Files beyond those. */
    more: count,
  }),
  z.strictObject({ kind: z.literal("http"), ...asked, status: z.int().nullable(), body: z.string() }),
]);

export type AssertionFact = z.infer<typeof assertionFactSchema>;
export type FactOf<Kind extends AssertionFact["kind"]> = Extract<AssertionFact, { kind: Kind }>;
export type Answer = z.infer<typeof answerSchema>;
