import { existsSync } from "node:fs";
import { isAbsolute } from "node:path";
import { RehearseError } from "@rehearse/errors";

/** ENGINE_NOT_AVAILABLE where a fetched engine has no program: packages for other platforms are left out without a word. */
export function ensureAvailable(title: string, program: string): void {
  if (!isAbsolute(program) || existsSync(program)) return;
  throw new RehearseError({
    code: "ENGINE_NOT_AVAILABLE",
    message: `There is no embedded ${title} for ${process.platform}-${process.arch}.`,
    hint: "Run this on Linux x64, for which every engine is to be had.",
  });
}
