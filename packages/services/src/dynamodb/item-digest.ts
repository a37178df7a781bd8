import { createHash } from "node:crypto";
import { itemText, type Item } from "./attribute-text.ts";

const modulus = 2n ** 256n;

/** One number for items that are equal, as text in DynamoDB's own JSON. */
export function itemHash(item: Item): bigint {
  return BigInt(`0x${createHash("sha256").update(itemText(item)).digest("hex")}`);
}

/** Count and digest of items: the sum of their hashes does not depend on the order in which they come. */
export class ItemDigest {
  rows = 0;
  #sum = 0n;

  add(hash: bigint): void {
    this.rows += 1;
    this.#sum = (this.#sum + hash) % modulus;
  }

  get digest(): string {
    return this.#sum.toString(16).padStart(64, "0");
  }
}
