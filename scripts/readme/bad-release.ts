import { writeFile } from "node:fs/promises";
import path from "node:path";

/** Makes a copy of the example what the README's picture shows: a release that takes cancelled orders for paid ones. */
export async function releaseBadly(example: string): Promise<void> {
  await writeFile(path.join(example, "orders", "clean.sql"), "INSERT INTO paid SELECT id, customer, amount FROM orders\n");
}
