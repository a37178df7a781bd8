import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { TestImage } from "./test-images.ts";

/** What an image is made of as one value, `below` being that of the image it stands on. */
export function inputsDigest({ folder, versions }: TestImage, below: string): string {
  const hash = createHash("sha256").update(JSON.stringify([below, ...versions]));
  for (const file of readdirSync(folder).toSorted()) hash.update(JSON.stringify([file, readFileSync(path.join(folder, file), "utf8")]));
  return hash.digest("hex");
}
