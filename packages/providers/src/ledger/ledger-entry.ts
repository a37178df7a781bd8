import { z } from "zod";

const identity = z.strictObject({ pid: z.int().positive(), startedAt: z.string() });

/** The first line of a ledger: whose environment it is. */
export const ledgerHeaderSchema = z.strictObject({
  v: z.literal(1),
  id: z.string().regex(/^[a-z][a-z0-9]{7}$/),
  scenario: z.string(),
  /** Absolute. */
  scenarioDirectory: z.string(),
  /** The process that made it. */
  owner: identity,
  createdAt: z.iso.datetime(),
  /** `test`: lives as long as its owner; `up`: until it is taken down. */
  mode: z.enum(["test", "up"]),
  ttlSeconds: z.int().positive(),
});
export type LedgerHeader = z.infer<typeof ledgerHeaderSchema>;

const entry = { v: z.literal(1), seq: z.int().positive(), id: z.string() };
const directory = { ...entry, kind: z.literal("directory"), undo: z.strictObject({ path: z.string() }) };
/** Something that a Docker engine, known by its socket, has under this name. */
const contained = { ...entry, kind: z.enum(["container", "network"]), undo: z.strictObject({ socket: z.string(), name: z.string() }) };
const intended = { ...entry, state: z.literal("intent") };
const made = { ...entry, state: z.literal("made") };

/**
 * A later line: a thing is about to be made (`intent`), or has been made. `undo` is what is needed to find it and remove it: data, never code.
 * There is no line for what was removed: the ledger itself goes when a look at the system finds nothing left.
 */
export const ledgerEntrySchema = z.union([
  z.strictObject({ ...directory, ...intended }),
  z.strictObject({ ...directory, ...made }),
  z.strictObject({ ...contained, ...intended }),
  z.strictObject({ ...contained, ...made }),
  z.strictObject({ ...intended, kind: z.literal("process"), undo: z.strictObject({ service: z.string() }) }),
  z.strictObject({ ...made, kind: z.literal("process"), undo: identity.extend({ service: z.string() }) }),
]);
export type LedgerEntry = z.infer<typeof ledgerEntrySchema>;
