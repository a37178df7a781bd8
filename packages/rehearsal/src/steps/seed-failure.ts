import path from "node:path";
import type { Scenario, SeedConfig } from "@rehearse/config";
import { RehearseError } from "@rehearse/errors";

/** A seed's failure with the seed's place in the file first, as editors open it, and its name; any other failure as it is. */
export function seedFailure(thrown: unknown, { name, position }: SeedConfig, { file }: Pick<Scenario, "file">): unknown {
  if (!(thrown instanceof RehearseError) || thrown.code !== "SEED_FAILED") return thrown;
  const said = thrown.message.includes(name) ? thrown.message : `The seed ${name} failed: ${thrown.message}`;
  return thrown.as({ message: `${path.relative("", file)}:${position.line}: ${said}` });
}
