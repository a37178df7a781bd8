import { createHash } from "node:crypto";
import { itemText, type Item } from "./attribute-text.ts";

const modulus = 2n ** 256n;

/** Count and digest of items: the sum of their hashes does not depend on the order in which they come. */
export class ItemDigest {
  rows = 0;
  #sum = 0n;

  add(item: Item): void {
    this.rows += 1;
    this.#sum = (this.#sum + BigInt(`0x${createHash("sha256").update(itemText(item)).digest("hex")}`)) % modulus;
  }

  get digest(): string {
    return this.#sum.toString(16).padStart(64, "0");
  }
}
